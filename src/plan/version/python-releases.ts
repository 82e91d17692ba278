/** Minor versions of CPython 3 and the days of their first release. @see https://devguide.python.org/versions/ */
export const PYTHON_RELEASES: readonly (readonly [minor: number, day: string])[] = [
  [9, '2020-10-05'],
  [10, '2021-10-04'],
  [11, '2022-10-24'],
  [12, '2023-10-02'],
  [13, '2024-10-07'],
  [14, '2025-10-07'],
]
