#!/usr/bin/env python3
"""Writes the event files of this folder with h5py, and beside the events the bins that numpy
computes from them: rows of (sample, step, unit, count) for each window in `expected/<window in us>`.

Needs python3-h5py and numpy 1.x (whose scalars take the precision of the array they divide).
"""
import h5py
import numpy as np

WINDOWS_US = (500, 1000, 4000, 10000)


def rows_of(times, units, window):
    steps = np.array(times / window, dtype=int)
    events, counts = np.unique(np.stack([steps, units.astype(int)], 1), axis=0, return_counts=True)
    return np.column_stack([events, counts])


def write(name, time_type, unit_type, seed, **options):
    random = np.random.RandomState(seed)
    unit_limit = min(700, np.iinfo(unit_type).max + 1)
    with h5py.File(name, "w") as f:
        samples = 6
        times = f.create_dataset("spikes/times", (samples,), dtype=h5py.vlen_dtype(time_type), **options)
        units = f.create_dataset("spikes/units", (samples,), dtype=h5py.vlen_dtype(unit_type), **options)
        f["labels"] = np.arange(samples, dtype="u2") * 3
        rows = {window: [] for window in WINDOWS_US}
        for i in range(samples):
            count = 0 if i == 4 else 150 + 10 * i
            t = np.sort(random.rand(count) * (0.2 + 0.25 * i)).astype(time_type)
            if count:  # values that fall on the edges of bins, and pairs in one bin
                t[:20] = (np.arange(20) * 1e-3).astype(time_type)
                t = np.sort(np.concatenate([t, t[-5:]]))
            u = random.randint(unit_limit, size=len(t)).astype(unit_type)
            if count:
                u[-5:] = u[-6]
            times[i], units[i] = t, u
            for window in WINDOWS_US:
                if len(t):
                    found = rows_of(np.asarray(t), u, window * 1e-6)
                    rows[window].append(np.column_stack([np.full(len(found), i), found]))
        for window in WINDOWS_US:
            f[f"expected/{window}"] = np.concatenate(rows[window]).astype("i4")


write("half_gzip.h5", "<f2", "<u2", 1, chunks=(2,), compression="gzip")
write("single_bytes.h5", "<f4", "u1", 2)
write("double_wide.h5", "<f8", "<i8", 3, chunks=(4,), compression="gzip", shuffle=True)
write("big_endian.h5", ">f4", ">i4", 4)
write("half_big_endian.h5", ">f2", ">u2", 5)
