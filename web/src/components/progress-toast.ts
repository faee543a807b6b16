/** What takes longer than a moment says how far it is, and the words go when it is over. */
import { changeToast, closeToast, showToast } from './toast.tsx';

const moment = 2000;

export interface Progress {
  readonly say: (message: string) => void;
  readonly end: () => void;
}

export function progressToast(): Progress {
  let [message, toast]: [string, number | undefined] = ['', undefined];
  const timer = setTimeout(() => {
    if (message !== '') toast = showToast({ message });
  }, moment);
  const begin = Date.now();
  return {
    say: (words) => {
      message = words;
      if (toast !== undefined) changeToast(toast, words);
      else if (Date.now() - begin > moment) toast = showToast({ message });
    },
    end: () => {
      clearTimeout(timer);
      if (toast !== undefined) closeToast(toast);
    },
  };
}
