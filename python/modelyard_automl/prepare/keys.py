"""Numbers for rows that depend on what is in them and on nothing else, so that their order makes no difference."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from .columns import Column

MULTIPLIER = np.uint64(0xBF58476D1CE4E5B9)
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def row_hashes(columns: Iterable[Column], rows: int) -> np.ndarray:
    """uint64 by row: equal rows have equal ones. The order of the columns makes no difference."""
    total = np.zeros(rows, np.uint64)
    for column in columns:
        total += mixed(_values(column) ^ np.uint64(zlib.crc32(column.name.encode())))
    return mixed(total)


def row_keys(hashes: np.ndarray, seed: int) -> np.ndarray:
    """As `row_hashes`, but copies of a row get keys of their own, and the seed another order."""
    order = np.argsort(hashes, kind="stable")
    sorted_ = hashes[order]
    starts = np.flatnonzero(np.r_[True, sorted_[1:] != sorted_[:-1]])
    copies = np.arange(len(hashes)) - np.repeat(starts, np.diff(np.r_[starts, len(hashes)]))
    copy = np.empty(len(hashes), np.uint64)
    copy[order] = copies.astype(np.uint64)
    return mixed(hashes + copy * GOLDEN + np.uint64(seed * int(MULTIPLIER) % 2**64))


def without_copies(hashes: np.ndarray) -> pa.Array | None:
    """The first of each set of equal rows, in their order; None when no row is a copy of another."""
    _, first = np.unique(hashes, return_index=True)
    return None if len(first) == len(hashes) else pa.array(np.sort(first))


def shared_keys(hashes: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """
    The keys, with copies of a row sharing one, which is as likely to be a small one as that of a row without. `hashes`:
    equal for rows that are equal. What more than a hundredth of the rows, and more than ten, have in common is no copy, but
    common.
    """
    ordered = np.sort(hashes)
    if (ordered[1:] != ordered[:-1]).all():
        return keys
    _, groups, sizes = np.unique(hashes, return_inverse=True, return_counts=True)
    order = np.lexsort((keys, groups))
    first = order[np.cumsum(sizes) - sizes]
    # The least of several keys tends to be small: without mixing, rows with copies would come first.
    shared = np.where(sizes > 1, mixed(keys[first]), keys[first])
    return np.where(sizes[groups] > max(10, len(keys) / 100), keys, shared[groups])


def mixed(values: np.ndarray) -> np.ndarray:
    """Each bit of the result depends on all bits (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * MULTIPLIER
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _values(column: Column) -> np.ndarray:
    values = column.values
    if column.is_text:
        encoded = values.combine_chunks().dictionary_encode()
        encoded = encoded if isinstance(encoded, pa.DictionaryArray) else encoded.combine_chunks()
        words = [zlib.crc32(one) for one in encoded.dictionary.cast(pa.binary()).to_pylist()]
        codes = encoded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
        return mixed(np.asarray([*words, 1 << 40], np.uint64))[codes]
    if column.is_number:
        # Minus zero is zero.
        return (values.fill_null(np.nan).to_numpy() + 0.0).view(np.uint64)
    plain = values.cast(pa.int64()) if pa.types.is_timestamp(values.type) else values.cast(pa.int8()).cast(pa.int64())
    return plain.fill_null(-(1 << 62)).to_numpy().view(np.uint64)
