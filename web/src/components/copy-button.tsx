import { useState } from 'react';
import { IconButton } from './button.tsx';
import { showFailure } from './toast.tsx';
import { text } from '../text/common.ts';

export function CopyButton({ value, label = text.copy }: { value: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      setTimeout(() => {
        setCopied(false);
      }, 1500);
    } catch {
      showFailure(new Error(text.cannotCopy));
    }
  };
  return (
    <IconButton icon={copied ? 'check' : 'copy'} label={copied ? text.copied : label} onClick={() => void copy()} />
  );
}
