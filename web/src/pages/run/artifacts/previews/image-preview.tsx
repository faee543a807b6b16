import { State } from '../../../../components/page.tsx';
import { ImageView } from '../../../../components/content/image-view.tsx';
import { text } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { kindByName } from '../preview-kind.ts';
import { useWanted } from './use-wanted.ts';
import { TooLarge } from './with-text.tsx';

const openedByItself = 20_000_000;

export function ImagePreview({ file, siblings, onPath }: PreviewProps) {
  const [wanted, setWanted] = useWanted();
  const isShown = file.size <= openedByItself || wanted !== undefined;
  const images = siblings.filter(({ name, isFolder }) => !isFolder && kindByName(name) === 'image');
  const at = images.findIndex(({ path }) => path === file.path);
  if (!isShown) {
    return (
      <TooLarge
        size={file.size}
        onPreview={() => {
          setWanted('all');
        }}
      />
    );
  }
  return (
    <ImageView
      src={file.url}
      name={file.name}
      failed={<State title={text.noImage} />}
      onStep={
        images.length < 2
          ? undefined
          : (step) => {
              const next = images[(at + step + images.length) % images.length];
              if (next) onPath(next.path, { replace: true });
            }
      }
    />
  );
}
