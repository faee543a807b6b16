/** What somebody who looks on is told of a search, as it happens. */
import type { AutomlPhase, DataProfile, TrialFailure } from '../../protocol/automl-record.ts';
import type { FinishedTrial, TrialPlan } from '../problem.ts';

export interface BegunSearch {
  readonly runId: string;
  readonly experimentId: string;
  /** Of its page. */
  readonly address: string;
}

/** How a trial ended. */
export type TrialEnd =
  | { readonly plan: TrialPlan; readonly runId: string; readonly finished: FinishedTrial }
  | {
      readonly plan: TrialPlan;
      readonly runId: string;
      readonly finished?: undefined;
      readonly failure: TrialFailure;
      /** One sentence. */
      readonly message: string;
      /** It was not its fault: the search ended. */
      readonly cutOff: boolean;
    };

export interface SearchEvents {
  /** What is done now, of what takes long. */
  step(text: string): void;
  /** What a person should know. */
  note(text: string): void;
  begun(search: BegunSearch): void;
  phase(phase: AutomlPhase): void;
  /** Milliseconds since 1970. */
  deadline(time: number): void;
  profile(profile: DataProfile): void;
  /** What a search that goes on has already. */
  resumed(trials: readonly FinishedTrial[]): void;
  trialBegan(plan: TrialPlan): void;
  trialEnded(end: TrialEnd): void;
}
