import { MenuItem } from '../../../components/menu.tsx';
import { useKeepAction } from './use-keep-action.ts';

export function KeepToCompareItem({ id, name }: { id: string; name: string }) {
  const keep = useKeepAction(id, name);
  return (
    <MenuItem icon={keep.icon} onSelect={keep.run}>
      {keep.name}
    </MenuItem>
  );
}
