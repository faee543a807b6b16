import { useId } from 'react';
import type { Endpoint } from '../../api/endpoints.ts';
import { text } from '../../text/endpoints.ts';
import { alone, splitText, withCanary, type Share } from './served.ts';
import { ShareField } from './share-field.tsx';

export interface How {
  readonly canary: boolean;
  /** Of the canary, in percent. */
  readonly share: number;
}

export const firstHow: How = { canary: true, share: 10 };

/** What the endpoint serves then. */
export function sharesOf({ canary, share }: How, endpoint: Endpoint, uri: string): Share[] {
  return canary ? withCanary(endpoint.served_models, uri, share) : alone(uri);
}

interface HowFieldsProps {
  readonly endpoint: Endpoint;
  readonly uri: string;
  readonly how: How;
  readonly onChange: (how: How) => void;
}

/** All traffic at once, or some beside what serves now; what comes of it stands below. */
export function HowFields({ endpoint, uri, how, onChange }: HowFieldsProps) {
  const name = useId();
  const choices = [
    { canary: false, label: text.deploy.all },
    { canary: true, label: text.deploy.canary },
  ];
  return (
    <fieldset className="endpoint-choices">
      <legend>{text.deploy.how}</legend>
      {choices.map(({ canary, label }) => (
        <label key={label}>
          <input
            type="radio"
            name={name}
            checked={how.canary === canary}
            onChange={() => {
              onChange({ ...how, canary });
            }}
          />
          {label}
        </label>
      ))}
      {how.canary && (
        <ShareField
          label={text.deploy.share}
          value={how.share}
          onChange={(share) => {
            onChange({ ...how, share });
          }}
        />
      )}
      <p className="dim endpoint-hint" role="status">
        {uri !== '' && text.deploy.becomes(splitText(sharesOf(how, endpoint, uri)))}
      </p>
    </fieldset>
  );
}
