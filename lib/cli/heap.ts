/** Imported first by the programs: keeps V8's young generation small. Columns are typed arrays, whose memory stands outside the
 *  heap and is freed when their small handles are collected, so collecting often is what keeps memory low: 96 instead of 106 MB
 *  for ten files of 10,000 events, 138 instead of 155 MB for 400, at no cost in time. */
import { setFlagsFromString } from 'node:v8'

setFlagsFromString('--semi-space-growth-factor=1')
