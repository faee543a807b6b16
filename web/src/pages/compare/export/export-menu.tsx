import { count } from '../../../components/format.ts';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { saveFile } from '../../../components/save-file.ts';
import { showFailure, showToast } from '../../../components/toast.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/compare.ts';
import { asLatex, shortenedValues } from './export-latex.ts';
import { asCsv, asMarkdown, type Exported } from './export-text.ts';

const forms = {
  markdown: { make: asMarkdown, type: 'text/markdown', ending: 'md' },
  csv: { make: asCsv, type: 'text/csv', ending: 'csv' },
  latex: { make: asLatex, type: 'application/x-tex', ending: 'tex' },
} as const;

/** The rows that are shown, with what tells the runs apart. */
export function ExportMenu({ exported }: { exported: Exported }) {
  return (
    <Menu icon="download" label={text.export.button} text={text.export.button}>
      <MenuItem
        icon="copy"
        onSelect={() => {
          navigator.clipboard.writeText(asMarkdown(exported)).then(
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
              saveFile(new Blob([make(exported)], { type }), `comparison.${ending}`);
              const shortened = form === 'latex' ? shortenedValues(exported) : 0;
              if (shortened > 0) showToast({ message: text.export.shortened(count(shortened)) });
            }}
          >
            {text.export[form]}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
