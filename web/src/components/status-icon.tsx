import { Icon, type IconName } from './icon.tsx';

/** A state told by shape, colour and a word for screen readers. `kind` names both icon and colour. */
export function StatusIcon({ kind, label }: { kind: string; label: string }) {
  const name = kind.toLowerCase();
  const known: readonly string[] = ['running', 'scheduled', 'finished', 'failed', 'killed'];
  const icon = (known.includes(name) ? name : 'scheduled') as IconName;
  return (
    <span className={`status ${name}`} title={label}>
      <Icon name={icon} />
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
