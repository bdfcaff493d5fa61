/** Numbers of nature and of the detector, each with its source. Constants that are compared with float32 columns are rounded
 *  to float32 first, as numpy does with a Python number next to a float32 array. */

/** Mass of the Z boson in GeV (PDG). */
export const Z_MASS = 91.1876

/** Edges in |eta| of the gap between the barrel and the endcaps of the CMS electromagnetic calorimeter. */
export const ECAL_GAP = { low: 1.4442, high: 1.566 } as const
export const ECAL_GAP_LOW = Math.fround(ECAL_GAP.low)
export const ECAL_GAP_HIGH = Math.fround(ECAL_GAP.high)

/** PDG identifiers. */
export const ELECTRON_ID = 11
export const PHOTON_ID = 22
export const Z_ID = 23
