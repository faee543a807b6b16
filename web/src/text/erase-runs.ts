export const text = {
  open: 'Erase for good…',
  title: (runs: number, shown: string) => (runs === 1 ? 'Erase this run for good?' : `Erase ${shown} runs for good?`),
  about:
    'Everything that was logged goes, with the artifacts and the logged models that no registered version stands on. Child runs stay. This cannot be undone.',
  versions: 'They cannot be erased while a registered version needs their files: delete that version first.',
  action: 'Erase for good',
  progress: (done: string, all: string) => `${done} of ${all} erased…`,
  done: (shown: string) => `${shown} erased for good.`,
} as const;
