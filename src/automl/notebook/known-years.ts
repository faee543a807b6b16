/** Between these lie times that pandas knows to the nanosecond, as arguments of its `between`; 9999-12-31 and the like mean none. */
export const knownYears = '1678, 2261';
