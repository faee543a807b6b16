/** Shares requests out by weight, evenly: of ten requests at 90 to 10 exactly one goes to the second, and not the last. */
export interface Share<T> {
  readonly to: T;
  readonly traffic: number;
}

export class Traffic<T> {
  readonly #credit = new Map<T, number>();

  /** @param shares of those that can answer now; where all of them have no traffic, the first does */
  choose(shares: readonly Share<T>[]): T | undefined {
    let best: Share<T> | undefined;
    let total = 0;
    for (const share of shares) {
      const credit = (this.#credit.get(share.to) ?? 0) + share.traffic;
      this.#credit.set(share.to, credit);
      total += share.traffic;
      if (share.traffic > 0 && (!best || credit > (this.#credit.get(best.to) ?? 0))) best = share;
    }
    best ??= shares[0];
    if (best) this.#credit.set(best.to, (this.#credit.get(best.to) ?? 0) - total);
    return best?.to;
  }

  /** When the shares are others. */
  reset(): void {
    this.#credit.clear();
  }
}
