/** Python of the sections about series. `data`, `longest` and `wide` are defined by the first. */

export const load = `
data = pd.read_parquet(cache / "data" / "series.parquet")
longest = data["series"].value_counts().index[:6].tolist()
first = data[data["series"] == longest[0]].set_index("ds")["y"]
data.tail()
`.trim();

export const lengths = `
table = data.groupby("series").agg(
    first=("ds", "min"), last=("ds", "max"), steps=("y", "size"), observed=("y", "count"),
    mean=("y", "mean"), least=("y", "min"), most=("y", "max"), zeros=("y", lambda values: (values == 0).mean()),
).round({"mean": 3, "zeros": 3})
table.insert(4, "missing", (1 - table["observed"] / table["steps"]).round(3))
display(table.head(30))
print(f"{len(table)} series; {(table['missing'] > 0).sum()} of them have gaps.")
`;

export const lines = `
figure, grid = plt.subplots(len(longest), 1, figsize=(10, 1.9 * len(longest) + 0.6), squeeze=False, layout="constrained")
for name, axes in zip(longest, grid.flat):
    one = data[data["series"] == name].tail(3000)
    axes.plot(one["ds"], one["y"], linewidth=1)
    gaps = one.loc[one["y"].isna(), "ds"]
    axes.plot(gaps, np.full(len(gaps), one["y"].min()), "|", color="#d1495b", label="not observed")
    axes.axvspan(one["ds"].iloc[-min(HORIZON, len(one))], one["ds"].iloc[-1], color="#edae49", alpha=0.2, label="as long as the forecast")
    axes.set(title=str(name)[:60])
grid.flat[0].legend(fontsize="small", loc="upper left")
plt.show()
`;

export const spread = `
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 2.4), layout="constrained")
left.hist(data["y"].dropna(), bins=40)
left.set(xlabel="value", ylabel="steps")
right.hist(data["y"].diff().dropna(), bins=40)
right.set(xlabel="change from step to step")
plt.show()
`;

export const spreadOfMany = `
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 2.8), layout="constrained")
left.hist(data["y"].dropna(), bins=40)
left.set(xlabel="value", ylabel="steps")
right.boxplot([data.loc[data["series"] == name, "y"].dropna() for name in longest], tick_labels=[str(name)[:16] for name in longest], showfliers=False)
right.tick_params(axis="x", rotation=30)
plt.show()
`;

export const season = `
part = first.tail(max(20 * SEASON, 200)).interpolate()
level = part.rolling(SEASON, center=True, min_periods=1).mean()
ratio = (part / level).where(level.abs() > 1e-9)
place = np.arange(len(part)) % SEASON
table = ratio.groupby(place).quantile([0.1, 0.5, 0.9]).unstack()
figure, axes = plt.subplots(figsize=(8, 2.6))
axes.fill_between(table.index, table[0.1], table[0.9], alpha=0.2, label="eight of ten")
axes.plot(table.index, table[0.5], marker="o" if SEASON <= 31 else None, markersize=3, label="middle")
axes.axhline(1, color="#888888", linewidth=0.8)
axes.set(title=str(longest[0])[:60], xlabel=f"step of the season, from {part.index[0]:%a %Y-%m-%d %H:%M} on", ylabel="by the level")
axes.legend(fontsize="small")
plt.show()
`;

export const decomposition = `
part = first.tail(max(12 * SEASON, 200)).interpolate().ffill().bfill()
result = STL(part.to_numpy(), period=SEASON, robust=False).fit()
figure, grid = plt.subplots(3, 1, figsize=(10, 5), sharex=True, layout="constrained")
for axes, title, values in zip(grid, ["trend", "season", "rest"], [result.trend, result.seasonal, result.resid]):
    axes.plot(part.index, values, linewidth=1)
    axes.set(title=title)
plt.show()
rest = np.var(result.resid)
print(f"Strength from 0 to 1: trend {max(0, 1 - rest / np.var(result.trend + result.resid)):.2f}, "
      f"season {max(0, 1 - rest / np.var(result.seasonal + result.resid)):.2f}")
`;

export const autocorrelation = `
part = first.tail(5000).interpolate().ffill().bfill().to_numpy()
lags = min(max(2 * SEASON, 24), len(part) // 2, 400)
centred = part - part.mean()
power = np.abs(np.fft.rfft(centred, 2 * len(part))) ** 2
correlation = np.fft.irfft(power)[: lags + 1] / max((centred**2).sum(), 1e-300)
figure, axes = plt.subplots(figsize=(9, 2.4))
axes.vlines(range(1, lags + 1), 0, correlation[1:], linewidth=min(3, 250 / lags))
axes.axhspan(-1.96 / np.sqrt(len(part)), 1.96 / np.sqrt(len(part)), color="#888888", alpha=0.2)
axes.axhline(0, color="#888888", linewidth=0.8)
axes.set(title=str(longest[0])[:60], xlabel="steps back", ylabel="correlation")
plt.show()
`;

export const covariates = `
changes = data.groupby("series")[["y", *COVARIATES]].diff()
pd.DataFrame({
    "with the values": data[COVARIATES].corrwith(data["y"]),
    "of the changes": changes[COVARIATES].corrwith(changes["y"]),
    "missing": data[COVARIATES].isna().mean(),
}).round(3)
`;
