/** The kinds of cards that show how columns of the runs go together. */
import type { CardKindEntry } from '../card-kind.ts';
import { importanceCard } from './importance-card.tsx';
import { parallelCard } from './parallel-card.tsx';
import { scatterCard } from './scatter-card.tsx';

export const relationCards: readonly CardKindEntry[] = [scatterCard, parallelCard, importanceCard];
