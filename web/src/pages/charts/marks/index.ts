/** The kinds of cards that show runs as marks, figures, images and texts. */
import type { CardKindEntry } from '../card-kind.ts';
import { barCard } from './bar-card.tsx';
import { contourCard } from './contour-card.tsx';
import { differenceCard } from './difference-card.tsx';
import { histogramCard } from './histogram-card.tsx';
import { imagesCard } from './images-card.tsx';
import { noteCard } from './note-card.tsx';
import { numberCard } from './number-card.tsx';
import { boxCard, violinCard } from './spread-card.tsx';

export const markCards: readonly CardKindEntry[] = [
  barCard,
  boxCard,
  violinCard,
  histogramCard,
  contourCard,
  differenceCard,
  imagesCard,
  numberCard,
  noteCard,
];
