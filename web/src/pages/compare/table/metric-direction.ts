/** Which way a metric is better, told from its name: a guess that the reader can correct. */
const lower =
  /loss|error|\berr\b|mse|mae|mape|perplexity|\bppl\b|\bwer\b|\bcer\b|\bfid\b|brier|\bnll\b|deviance|entropy|latency|time|seconds|duration|\bms\b|bytes|memory|size/;
const higher =
  /acc|auc|\bf1\b|f1score|fbeta|precision|recall|\br2\b|score|\biou\b|dice|bleu|rouge|\bmap\b|ndcg|\bmcc\b|reward|throughput|persec|likelihood|correlation|\bpsnr\b|\bssim\b/;

/** True where higher is better, undefined where the name does not say. */
export function guessHigher(key: string): boolean | undefined {
  // `train/rocAuc` and `val_log_loss` are words.
  const words = key.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  const name = words.replaceAll(/[^a-z\d]+/g, ' ');
  if (/per (?:second|sec|s)\b/.test(name)) return true;
  if (lower.test(name)) return false;
  return higher.test(name.replaceAll(/\bper sec\b/g, 'persec')) ? true : undefined;
}
