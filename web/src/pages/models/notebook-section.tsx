import { useState } from 'react';
import { inferenceNotebook, notebookKinds, type NotebookKind } from '../../api/notebooks.ts';
import { Button } from '../../components/button.tsx';
import { saveFile } from '../../components/save-file.ts';
import { showFailure } from '../../components/toast.tsx';
import { text } from '../../text/models.ts';
import { useDeployedBest } from '../endpoints/use-deployed-best.ts';

/** Notebooks that are ready to be run; where the version is deployed, the one for single rows asks there. */
export function NotebookSection({ name, version }: { name: string; version: string }) {
  const endpoint = useDeployedBest(name, version);
  const [busy, setBusy] = useState(false);
  const download = async (kind: NotebookKind): Promise<void> => {
    setBusy(true);
    try {
      const address = endpoint && `${location.origin}${endpoint.invocations_path}`;
      const { fileName, text: content } = await inferenceNotebook(name, version, kind, address);
      saveFile(new Blob([content], { type: 'application/x-ipynb+json' }), fileName);
    } catch (error) {
      showFailure(error);
    }
    setBusy(false);
  };
  return (
    <section className="page-section" aria-label={text.use.notebook}>
      <h2>{text.use.notebook}</h2>
      <p className="dim">{text.use.notebookHelp(endpoint?.name)}</p>
      <div className="page-line">
        {notebookKinds.map((kind) => (
          <Button key={kind} icon="download" disabled={busy} onClick={() => void download(kind)}>
            {text.use.notebooks[kind]}
          </Button>
        ))}
      </div>
    </section>
  );
}
