/** A background of one's own for `tnp-pipe fit`: a logistic turn-on with an exponential end. In the configuration:
 *  {"shapes": {"turnon": "turn-on-background.mjs::turnOn"}, "fit": {"fit_type": "dcb_turnon", ...}}. */

/** 1/(1 + exp(-(x - edge)/width)) · exp(-slope·x); edge and width in GeV, slope in 1/GeV. */
export const turnOn = {
  parameters: {
    edge: { start: 60, limits: [50, 90] },
    width: { start: 4, limits: [1, 20] },
    slope: { start: 0.03, limits: [-0.05, 0.2] },
  },
  density: (x: number, [edge = 0, width = 1, slope = 0]: Float64Array): number =>
    Math.exp(-slope * x) / (1 + Math.exp(-(x - edge) / width)),
}
