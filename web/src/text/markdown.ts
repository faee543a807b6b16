export const text = {
  preview: 'Preview',
  hint: 'Markdown. Ctrl Enter saves.',
  nothing: 'Nothing written yet.',
  image: (name: string) => `Image: ${name}`,
  changed: 'The text was changed while you wrote, and yours is not saved yet. It now reads:',
  other: 'Changed text',
  take: 'Keep this text',
  saveOver: 'Save mine over it',
  failed: 'It was not saved. Your text is still here.',
} as const;
