import type { ServedModel } from '../../api/endpoints.ts';
import { Button } from '../../components/button.tsx';
import { text } from '../../text/endpoints.ts';
import { RowLink } from '../models/row-link.tsx';
import { addressOf, shortUri } from './served.ts';
import { ShareField } from './share-field.tsx';
import { StateMark } from './state-mark.tsx';

interface ServedRowProps {
  readonly model: ServedModel;
  readonly share: number;
  readonly alone: boolean;
  /** What the head of the page says already. */
  readonly told: string;
  readonly onShare: (share: number) => void;
  readonly onPromote: () => void;
}

export function ServedRow({ model, share, alone, told, onShare, onPromote }: ServedRowProps) {
  const { model_uri: uri, model_name: name, version, state, message } = model;
  const follows = addressOf(uri).alias !== undefined;
  return (
    <li className="served-model">
      <div className="served-name">
        <RowLink name={name} {...(version === undefined ? {} : { version })} tabIndex={0} title={uri}>
          {shortUri(uri)}
        </RowLink>
        <span className="dim">{follows ? text.served.follows(version) : text.served.always}</span>
      </div>
      <StateMark state={state} />
      {alone ? (
        <span className="dim">{text.served.alone}</span>
      ) : (
        <span className="served-share">
          <ShareField label={text.served.share(shortUri(uri))} value={share} onChange={onShare} />
          <Button aria-label={text.served.promoteOf(shortUri(uri))} onClick={onPromote}>
            {text.served.promote}
          </Button>
        </span>
      )}
      {message !== undefined && message !== '' && !told.includes(message) && (
        <p className="served-message" data-state={state}>
          {message}
        </p>
      )}
    </li>
  );
}
