export const text = {
  preview: 'Preview',
  hint: 'Markdown. Ctrl Enter saves.',
  nothing: 'Nothing written yet.',
  image: (name: string) => `Image: ${name}`,
  failed: 'It was not saved. Your text is still here.',
} as const;
