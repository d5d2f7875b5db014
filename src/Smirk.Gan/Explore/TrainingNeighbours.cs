using Smirk.Gan.Evaluate;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Explore;

/// <summary>A training picture near to another.</summary>
/// <param name="Row">Its row in the pack.</param>
/// <param name="Picture">SHA-256 of the stored picture that the row was cut from, which names it in the catalog.</param>
/// <param name="File">The file that the person knows it by; null where it isn't known.</param>
/// <param name="Mirrored">Whether it is nearer when mirrored; never for features.</param>
/// <param name="Distance">The smaller, the nearer; 0 for the same.</param>
public sealed record Neighbour(int Row, string Picture, string? File, bool Mirrored, double Distance);

/// <summary>The training pictures nearest to one picture.</summary>
/// <param name="ByPixels">By 16×16 pixels, as <see cref="Copying"/> measures it: root of the sum of squares, pixels 0…1.</param>
/// <param name="ByFeatures">By the pack's trained features, each scaled by its spread: root of the mean square.</param>
/// <param name="NearerThanHeldOut">Share of the held-out pictures whose nearest training picture is further away (by pixels): above .95 it
/// may well be a copy. Null where none were held out.</param>
public sealed record NeighboursOf(IReadOnlyList<Neighbour> ByPixels, IReadOnlyList<Neighbour> ByFeatures, double? NearerThanHeldOut);

/// <summary>Finds the training pictures that a picture comes nearest to: "is it copied?"</summary>
/// <remarks>For one thread at a time.</remarks>
public sealed class TrainingNeighbours : IDisposable
{
    private readonly RunPictures _pictures;
    private readonly StandardFeatures _features;
    private readonly Tensor _known;
    private readonly double[] _heldOut;

    /// <summary>Prepares: features of all training pictures, distances of the held-out ones.</summary>
    /// <param name="pictures">The run's pictures; stay the caller's.</param>
    public TrainingNeighbours(RunPictures pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        _pictures = pictures;
        using var scope = TensorScope.Open();
        var raw = pictures.Features.Of(pictures.Training);
        _features = new StandardFeatures(raw);
        _known = _features.Of(raw).Own();
        _heldOut = pictures.HeldOutCount == 0 ? [] : Copying.Distances(pictures.Training, pictures.HeldOut);
    }

    /// <summary>The nearest training pictures.</summary>
    /// <param name="rgb">A picture of the run's size: interleaved RGB.</param>
    /// <param name="count">How many by each measure, at most.</param>
    /// <exception cref="UsageException">The picture has another size.</exception>
    public NeighboursOf Of(byte[] rgb, int count = 8)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        var picture = RgbRows.ToTensor([rgb], _pictures.Pack.Size, _pictures.Pack.Channels);
        var near = Copying.Nearest(_pictures.Training, picture, count)[0];
        var (distances, places) = Tensor.CDist(_features.Of(_pictures.Features.Of(picture)), _known)
            .TopK(Math.Min(count, _pictures.TrainingCount), 1, largest: false);
        var spread = Math.Sqrt(_known.Shape[1]);
        return new NeighboursOf(
            [.. near.Select(n => Named(n.Row, n.Mirrored, n.Distance))],
            [.. places.ToArray<long>().Zip(distances.ToArray<double>(), (place, d) => Named((int)place, false, d / spread))],
            _heldOut.Length == 0 ? null : _heldOut.Count(d => d > near[0].Distance) / (double)_heldOut.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _features.Dispose();
        _known.Dispose();
    }

    private Neighbour Named(int place, bool mirrored, double distance)
    {
        var row = _pictures.Pack.Rows[_pictures.Split.Training[place]];
        return new Neighbour(row.Row, row.Picture, row.File, mirrored, distance);
    }
}
