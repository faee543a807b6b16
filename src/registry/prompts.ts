/** Clients keep prompts as registered models with this tag set to `true`. */
export const promptTag = 'mlflow.prompt.is_prompt';
