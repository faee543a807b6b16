import { Menu, MenuItem } from '../../components/menu.tsx';
import { saveFile } from '../../components/save-file.ts';
import { showFailure, showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/compare.ts';
import type { ShownSection } from './compare-grid.tsx';
import { asCsv, asLatex, asMarkdown, type ExportedRun } from './export-text.ts';

const forms = {
  markdown: { make: asMarkdown, type: 'text/markdown', ending: 'md' },
  csv: { make: asCsv, type: 'text/csv', ending: 'csv' },
  latex: { make: asLatex, type: 'application/x-tex', ending: 'tex' },
} as const;

/** The rows that are shown, with their values whole. */
export function ExportMenu({ runs, shown }: { runs: readonly ExportedRun[]; shown: readonly ShownSection[] }) {
  return (
    <Menu icon="download" label={text.export.button} text={text.export.button}>
      <MenuItem
        icon="copy"
        onSelect={() => {
          navigator.clipboard.writeText(asMarkdown(runs, shown)).then(
            () => {
              showToast({ message: text.export.copied });
            },
            () => {
              showFailure(new Error(common.cannotCopy));
            },
          );
        }}
      >
        {text.export.copyMarkdown}
      </MenuItem>
      {(['markdown', 'csv', 'latex'] as const).map((form) => {
        const { make, type, ending } = forms[form];
        return (
          <MenuItem
            key={form}
            icon="download"
            onSelect={() => {
              saveFile(new Blob([make(runs, shown)], { type }), `comparison.${ending}`);
            }}
          >
            {text.export[form]}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
