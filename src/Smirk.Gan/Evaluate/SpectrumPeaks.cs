using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>Grids that layers with a stride leave in pictures: peaks of the mean spectrum along both axes at periods of 2, 4, 8 and 16
/// pixels, beside those of real pictures.</summary>
public static class SpectrumPeaks
{
    private static readonly int[] Periods = [4, 8, 16];

    // Neighbours on each side that a peak is compared with: not the next one, into which a peak of a windowless transform leaks.
    private const int From = 2;
    private const int To = 4;

    /// <summary>The largest peak over all periods: how far the power at that frequency stands above its neighbours', as a multiple of the
    /// same in real pictures where those have a peak there. 1: no grid.</summary>
    /// <param name="real">uint8 [N, C, S, S].</param>
    /// <param name="fake">uint8 [M, C, S, S].</param>
    public static double Of(Tensor real, Tensor fake)
    {
        var (ours, theirs) = (Peaks(fake), Peaks(real));

        // Pictures of few large pixels have gaps in their spectrum instead: that samples don't is no grid.
        return ours.Zip(theirs, (our, their) => our / Math.Max(1, their)).DefaultIfEmpty(1).Max();
    }

    /// <summary>For each period and axis, the power at its frequency by the geometric mean of its neighbours'.</summary>
    /// <param name="pictures">uint8 [N, C, S, S].</param>
    public static double[] Peaks(Tensor pictures)
    {
        var size = (int)pictures.Shape[2];
        var powers = new[] { Power(pictures, alongRows: true), Power(pictures, alongRows: false) };
        return [.. powers.SelectMany(power => Periods.Where(period => size / period > To).Select(period => Peak(power, size / period)))];
    }

    private static double Peak(double[] power, int at)
    {
        var around = 0.0;
        for (var distance = From; distance <= To; distance++)
            around += Math.Log(power[at - distance]) + Math.Log(power[Math.Min(at + distance, power.Length - 1)]);
        return power[at] / Math.Exp(around / (2 * (To - From + 1)));
    }

    // Mean power of each frequency 0 … S/2 of the pictures' brightness along one axis.
    private static double[] Power(Tensor pictures, bool alongRows)
    {
        using var scope = TensorScope.Open();
        var size = pictures.Shape[2];
        var frequencies = Tensor.Arange(0, size / 2 + 1) * (2 * Math.PI / size);
        var angles = Tensor.Arange(0, size).Reshape(size, 1) * frequencies.Reshape(1, -1); // [S, S/2+1]
        var (cosines, sines) = (angles.Cos(), angles.Sin());
        var sum = Tensor.Zeros([size / 2 + 1]);
        foreach (var (from, count) in new PictureRows(pictures).Parts())
        {
            using var inner = TensorScope.Open();
            var batch = pictures.Narrow(0, from, count).To(DType.Float32).Mean([1]) / 127.5 - 1; // [n, S, S]
            var lines = (alongRows ? batch : batch.Transpose(1, 2)).Reshape(-1, size);
            sum.AddInPlace((lines.MatMul(cosines).Square() + lines.MatMul(sines).Square()).Sum([0]));
        }

        return Array.ConvertAll((sum / (pictures.Shape[0] * size)).ToArray<float>(), power => power + 1e-9);
    }
}
