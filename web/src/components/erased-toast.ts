import { text } from '../text/common.ts';
import { showFailure, showToast } from './toast.tsx';

/** Says that something is gone for good, and where files of it stay. */
export function showErased(message: string, keptArtifacts: readonly string[]): void {
  const [first] = keptArtifacts;
  if (first === undefined) {
    showToast({ message });
    return;
  }
  const copy = (): void => {
    navigator.clipboard.writeText(keptArtifacts.join('\n')).then(
      () => {
        showToast({ message: text.copied });
      },
      () => {
        showFailure(new Error(text.cannotCopy));
      },
    );
  };
  showToast({ message: `${message} ${text.artifactsStay(first)}`, action: { label: text.copyAddresses, run: copy } });
}
