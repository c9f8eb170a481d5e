/** The cities whose divisions and shapes are kept: first four digits, file name, and the file of their shapes. */
export const cities = [
  { prefix: '1502', slug: 'baotou', shape: 'nei4_meng2_gu3_bao1_tou2' },
  { prefix: '3206', slug: 'nantong', shape: 'jiang1_su1_nan2_tong1' },
  { prefix: '4401', slug: 'guangzhou', shape: 'guang3_dong1_guang3_zhou1' },
  { prefix: '5301', slug: 'kunming', shape: 'yun2_nan2_kun1_ming2' },
  { prefix: '5329', slug: 'dali', shape: 'yun2_nan2_da4_li3_bai2_zu2_zi4_zhi4_zhou1' },
] as const

export const tablePath = (city: (typeof cities)[number]): string =>
  `regions/${city.prefix}00-${city.slug}.csv`
