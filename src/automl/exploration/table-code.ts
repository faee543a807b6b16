/** Python of the sections about a table. `data`, `features`, `TARGET`, `NUMBERS` and `CATEGORIES` are defined before. */

import { knownYears } from '../notebook/known-years.ts';
import { isoDateCode } from '../notebook/month-names.ts';

export function load(texts: boolean, dates: boolean): string {
  const lists = ['NUMBERS', 'CATEGORIES', ...(dates ? ['DATES'] : []), ...(texts ? ['TEXTS'] : [])];
  return `data = pd.read_parquet(cache / "data" / "development.parquet")
data[NUMBERS] = data[NUMBERS].apply(pd.to_numeric, errors="coerce")
features = [${lists.map((one) => `*${one}`).join(', ')}]
sample = data.sample(min(len(data), 3000), random_state=SEED)  # for what takes long
data.head()`;
}

export const columns = `
summary = pd.DataFrame({
    "type": data[features].dtypes.astype(str),
    "missing": data[features].isna().mean(),
    "different": data[features].nunique(),
})
spread = pd.DataFrame({how: getattr(data[NUMBERS], how)() for how in ["min", "median", "mean", "max"]} if NUMBERS else {})
summary = summary.join(spread)
summary["most frequent"] = pd.Series({name: data[name].mode().iloc[0] for name in features if name not in NUMBERS}, dtype=object)
with pd.option_context("display.max_rows", 200, "display.precision", 4):
    display(summary)
`;

export const classes = `
counts = data[TARGET].value_counts()
figure, axes = plt.subplots(figsize=(6, 0.3 * min(len(counts), 20) + 0.6))
bars = axes.barh(counts.index.astype(str)[:20][::-1], counts.values[:20][::-1])
axes.bar_label(bars, [f"{count} ({count / len(data):.1%})" for count in counts.values[:20][::-1]], padding=4)
axes.set(xlabel="rows", xlim=(0, counts.max() * 1.2))
plt.show()
`;

export const numberTarget = `
figure, axes = plt.subplots(figsize=(6, 2.4))
axes.hist(data[TARGET], bins=40)
axes.set(xlabel=TARGET, ylabel="rows")
plt.show()
data[TARGET].describe().to_frame().T
`;

/** `by` is the target as it is compared. */
function missingCode(measure: string, label: string): string {
  return `
missing = [name for name in features if data[name].isna().any()]
table = pd.DataFrame({
    "missing": data[missing].isna().mean(),
    "${label} where missing": {name: ${measure.replaceAll('ROWS', 'data[name].isna()')} for name in missing},
    "${label} elsewhere": {name: ${measure.replaceAll('ROWS', 'data[name].notna()')} for name in missing},
})
table.sort_values("missing", ascending=False).head(30).round(3)
`;
}

export const missing = missingCode('data.loc[ROWS, TARGET].mean()', 'mean target');
export const missingByClass = missingCode(
  '(data.loc[ROWS, TARGET] == data[TARGET].mode()[0]).mean()',
  'most frequent class',
);

export function numbers(isClass: boolean, most: number): string {
  const groups = isClass
    ? `
    for label in labels:
        with np.errstate(invalid="ignore"):  # a class without a value there
            counts, _ = np.histogram(data.loc[data[TARGET] == label, name].dropna(), edges, density=True)
        axes.stairs(counts, edges, fill=True, alpha=0.55, label=str(label))`
    : `
    axes.stairs(*np.histogram(values, edges), fill=True)`;
  return `
shown = NUMBERS[:${most}]${isClass ? '\nlabels = sorted(data[TARGET].value_counts().index[:4])' : ''}
rows = -(-len(shown) // 4)
figure, grid = plt.subplots(rows, 4, figsize=(11, 1.9 * rows), squeeze=False, layout="constrained")
for axes in grid.flat[len(shown):]:
    axes.remove()
for name, axes in zip(shown, grid.flat):
    values = data[name].dropna()
    low, high = values.quantile([0.005, 0.995]) if len(values) else (0, 1)
    edges = np.linspace(low, high if high > low else low + 1, 26)${groups}
    axes.set(title=name[:28], yticks=[])
${isClass ? 'grid.flat[0].legend(title=TARGET, fontsize="small")\n' : ''}plt.show()
`;
}

export function categories(isClass: boolean, most: number): string {
  const table = isClass
    ? `table = pd.crosstab(values, data[TARGET]).reindex(counts.index)
    shares = table.div(table.sum(axis=1), axis=0).iloc[:, :6]
    left = 0
    for label in shares.columns:
        axes.barh(shares.index, shares[label], left=left, label=str(label)[:20])
        left = left + shares[label]
    axes.set(title=name[:40], xlim=(0, 1))
    axes.set_yticks(shares.index, [f"{str(value)[:24]} ({counts[value]})" for value in shares.index])`
    : `means = data[TARGET].groupby(values).mean().reindex(counts.index)
    axes.barh(means.index, means)
    axes.axvline(data[TARGET].mean(), color="#888888", linewidth=1)
    axes.set(title=f"{name[:30]}: mean {TARGET[:20]}")
    axes.set_yticks(means.index, [f"{str(value)[:24]} ({counts[value]})" for value in means.index])`;
  return `
shown = CATEGORIES[:${most}]
rows = -(-len(shown) // 3)
figure, grid = plt.subplots(rows, 3, figsize=(11, 2.3 * rows), squeeze=False, layout="constrained")
for axes in grid.flat[len(shown):]:
    axes.remove()
for name, axes in zip(shown, grid.flat):
    values = data[name].astype("string").fillna("(missing)")
    counts = values.value_counts().head(8)[::-1]
    ${table}
${isClass ? 'grid.flat[0].legend(title=TARGET, fontsize="small")\n' : ''}plt.show()
`;
}

/** @param digits some are numbers such as 20240131 @param named some have the names of months */
export function dates(most: number, digits: boolean, named: boolean): string {
  const plain = digits
    ? 'data[name].map("{:.0f}".format, na_action="ignore") if data[name].dtype == float else data[name]'
    : 'data[name]';
  const values = named ? `(${plain}).map(iso_date, na_action="ignore")` : plain;
  return `${named ? `${isoDateCode}\n\n` : ''}
shown = dict(list(DATES.items())[:${most}])
figure, grid = plt.subplots(len(shown), 1, figsize=(9, 1.9 * len(shown)), squeeze=False, layout="constrained")
for (name, form), axes in zip(shown.items(), grid.flat):
    values = ${values}
    times = pd.to_datetime(values, format=form, errors="coerce", utc=form is not None)
    times = times.where(times.dt.year.between(${knownYears}))
    axes.hist(times.dropna(), bins=60)
    axes.set(title=f"{name}: {times.min():%Y-%m-%d} to {times.max():%Y-%m-%d}", ylabel="rows")
plt.show()
`;
}

export function texts(most: number): string {
  return `
for name in TEXTS[:${most}]:
    words = sample[name].dropna().str.lower().str.findall(r"\\w+")
    frequent = words.explode().value_counts().head(12)
    print(f"{name}: {words.str.len().median():.0f} words in the middle, {words.str.len().max()} at most; most often",
          ", ".join(f"{word} ({count})" for word, count in frequent.items()))
`;
}

export function correlations(most: number): string {
  return `
shown = NUMBERS[:${most}]
correlation = sample[shown].rank().corr()
size = 0.32 * len(shown) + 1.6
figure, axes = plt.subplots(figsize=(size + 1, size))
image = axes.imshow(correlation, cmap="RdBu_r", vmin=-1, vmax=1)
axes.set_xticks(range(len(shown)), [name[:20] for name in shown], rotation=90)
axes.set_yticks(range(len(shown)), [name[:20] for name in shown])
axes.spines[:].set_visible(False)
figure.colorbar(image, shrink=0.6)
plt.show()
`;
}

export function alone(isClass: boolean, most: number): string {
  return `
def as_numbers(values):
    """One column: categories get a number each, other values are as they are."""
    if not pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_datetime64_any_dtype(values):
        values = pd.Series(pd.factorize(values.astype("string").fillna("(missing)"))[0], index=values.index)
    return values.astype("float64" if values.dtype.kind != "M" else "int64").fillna(-1e9).to_frame()


tree = ${isClass ? 'DecisionTreeClassifier' : 'DecisionTreeRegressor'}(max_leaf_nodes=16, min_samples_leaf=5, random_state=SEED)
${isClass ? 'known = sample[TARGET].map(sample[TARGET].value_counts()) >= 10  # of rarer classes nothing can be said\n' : ''}scores = pd.Series({
    name: cross_val_score(tree, as_numbers(sample[name])${isClass ? '[known]' : ''}, sample[TARGET]${isClass ? '[known]' : ''}, cv=2, scoring="${isClass ? 'roc_auc_ovr' : 'r2'}").mean()
    for name in features[:${most}]
}).sort_values()
best = scores.tail(20)
figure, axes = plt.subplots(figsize=(7, 0.26 * len(best) + 0.8))
bars = axes.barh([name[:40] for name in best.index], best.clip(lower=${isClass ? '0.5' : '0'}), color=["#d1495b" if score > 0.98 else "#33658a" for score in best])
axes.bar_label(bars, [f"{score:.3f}" for score in best], padding=3)
axes.set(xlabel="${isClass ? 'ROC AUC of the column alone (0.5: tells nothing)' : 'r² of the column alone (0: tells nothing)'}", xlim=(${isClass ? '0.5' : '0'}, 1.08))
plt.show()
suspects = scores[scores > 0.98].index.tolist()
print(f"Suspected leaks: {', '.join(suspects)}" if suspects else "No column alone tells the target nearly perfectly.")
`;
}

/** @param weight column of a thinned table, which says how many rows each stands for */
export function drift(isClass: boolean, weight?: string): string {
  const weights = weight === undefined ? '' : `values=data["${weight}"], aggfunc="sum", `;
  const target = isClass
    ? `pd.crosstab(data["_automl_fold"].map(lambda fold: "training" if fold < 0 else f"validated in fold {fold}"), data[TARGET], ${weights}normalize="index").iloc[:, :12].round(3)`
    : `data.groupby(data["_automl_fold"].map(lambda fold: "training" if fold < 0 else f"validated in fold {fold}"))[TARGET].describe().round(4)`;
  return `
def distance(one, other):
    """Between 0, alike, and 1: of numbers Kolmogorov and Smirnov's, of categories half the sum of the differences."""
    if pd.api.types.is_numeric_dtype(one) and one.dtype != bool:
        return ks_2samp(one.dropna(), other.dropna()).statistic if one.notna().any() and other.notna().any() else 0.0
    shares = [part.astype("string").fillna("(missing)").value_counts(normalize=True) for part in (one, other)]
    return shares[0].sub(shares[1], fill_value=0).abs().sum() / 2


validated = sample["_automl_fold"] == 0
distances = pd.Series({name: distance(sample.loc[validated, name], sample.loc[~validated, name])
                       for name in [*NUMBERS, *CATEGORIES][:60] if data[name].nunique() < 0.2 * len(data) or name in NUMBERS})
display(distances.sort_values(ascending=False).head(10).to_frame("distance").round(3))
${target}
`;
}
