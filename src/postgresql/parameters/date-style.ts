/**
 * In which order locales of the C library write dates, of those that do not begin with the day. A locale that spells the month in letters is
 * one of the first. Source: `d_fmt` of the locales of glibc 2.36, by the test of PostgreSQL src/bin/initdb/initdb.c, locale_date_order.
 */
const MONTH_FIRST = new Set((
  'ab_GE ar_AE ar_BH ar_DZ ar_EG ar_IQ ar_JO ar_KW ar_LB ar_LY ar_MA ar_OM ar_QA ar_SA ar_SD ar_SS ar_SY ar_TN ar_YE az_IR bem_ZM bi_VU brx_IN chr_US '
  + 'ckb_IQ en_HK en_PH en_US eu_ES eu_FR fa_IR fil_PH hif_FJ hy_AM is_IS iu_CA ka_GE kl_GL km_KH ks_IN lo_LA lzh_TW mnw_MM ms_MY mt_MT my_MM nb_NO nn_NO '
  + 'or_IN ps_AF shn_MM th_TH the_NP tl_PH to_TO'
).split(' '));
const YEAR_FIRST = new Set((
  'ak_GH bo_CN bo_IN cmn_TW csb_PL de_AT de_BE de_LU dz_BT en_CA en_DK fr_CA hak_TW hu_HU ja_JP ko_KR lt_LT lv_LV mhr_RU mn_MN nan_TW ne_NP sah_RU se_NO '
  + 'sgs_LT si_LK sv_SE wae_CH yue_HK zh_CN zh_HK zh_SG zh_TW'
).split(' '));

/** The `datestyle` that initdb writes for a locale; undefined where that is the server's own, or the locale has no territory to know it by. */
export function dateStyleOf(locale: string): string | undefined {
  const name = /^[a-z]{2,3}_[A-Z]{2}(?=$|[.@])/.exec(locale)?.[0];
  if (name === undefined || MONTH_FIRST.has(name)) { return undefined; }
  return YEAR_FIRST.has(name) ? 'iso, ymd' : 'iso, dmy';
}
