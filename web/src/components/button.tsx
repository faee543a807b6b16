import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends ComponentProps<'button'> {
  readonly icon?: IconName;
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly children: ReactNode;
}

export function Button({ icon, kind = 'plain', className = '', children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button ${kind} ${className}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface ToggleButtonProps extends Omit<ButtonProps, 'onClick' | 'aria-pressed'> {
  readonly pressed: boolean;
  readonly onPressed: (pressed: boolean) => void;
}

/** Stays down until it is pressed again. */
export function ToggleButton({ pressed, onPressed, ...rest }: ToggleButtonProps) {
  return <Button aria-pressed={pressed} onClick={() => onPressed(!pressed)} {...rest} />;
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  readonly icon: IconName;
  /** What a screen reader says and a hover shows. */
  readonly label: string;
}

export function IconButton({ icon, label, className = '', ...rest }: IconButtonProps) {
  return (
    <button type="button" className={`button quiet square ${className}`} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
