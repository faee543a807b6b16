/** Between the columns of the data and the names by which methods know them. */
import type { SeriesSetting } from '../series-setting.ts';

/** Defines `inside` and `outside`; takes `names` where columns name the series. */
export function doorCode({ identity }: SeriesSetting): string {
  if (identity.length === 0) {
    return `
def inside(rows):
    """Columns of the data by the names that methods know: series and ds."""
    return rows.rename(columns={TIME: "ds"}).assign(series=TARGET)


def outside(rows):
    """The same the other way round."""
    return rows.drop(columns="series").rename(columns={"ds": TIME})
`;
  }
  return `
def inside(rows):
    """Columns of the data by the names that methods know: series and ds."""
    series = rows[IDENTITY].astype(str).agg(" | ".join, axis=1)
    return rows.rename(columns={TIME: "ds"}).assign(series=series)


def outside(rows):
    """The same the other way round."""
    named = names.loc[rows["series"]].reset_index(drop=True)
    others = rows.drop(columns="series").rename(columns={"ds": TIME}).reset_index(drop=True)
    return pd.concat([named, others], axis=1)
`;
}
