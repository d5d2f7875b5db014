using System.Collections.Concurrent;
using Smirk.Dataset.Near.Pairs;
using Smirk.Dataset.Near.Verify;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Vision;
using Smirk.Studio.Pictures;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Studio.Review;

/// <summary>Pairs as pages show them. A look takes some tenths of a second, so what was looked at is remembered, and the page asks for the
/// next one early.</summary>
/// <param name="workspace">The workspace.</param>
internal sealed class PairRoom(SmirkWorkspace workspace)
{
    // Some hundred bytes each; who reviews more starts again at the first.
    private const int Most = 10_000;

    private readonly PairLooker _looker = new();
    private readonly ConcurrentDictionary<(long, long), PairMessage> _seen = [];

    // Who presses keys faster than pairs are compared leaves some behind: those that wait for a turn are forgotten with their request.
    private readonly SemaphoreSlim _turns = new(Math.Clamp(Environment.ProcessorCount, 1, 4));

    /// <summary>A pair.</summary>
    /// <exception cref="Workspace.Errors.UnusableInputException">There is no such picture.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public async Task<PairMessage> Of(long member, long keeper, CancellationToken cancel)
    {
        if (_seen.TryGetValue((member, keeper), out var seen))
            return seen;
        await _turns.WaitAsync(cancel);
        try
        {
            if (_seen.Count > Most)
                _seen.Clear();
            return _seen.GetOrAdd((member, keeper), key =>
                Look(PictureEndpoints.Of(workspace, key.Item1), PictureEndpoints.Of(workspace, key.Item2)));
        }
        finally
        {
            _turns.Release();
        }
    }

    private PairMessage Look(StoredPicture member, StoredPicture keeper)
    {
        PairLook look;
        try
        {
            look = _looker.Look(workspace.Pictures.Read(member.Sha256), workspace.Pictures.Read(keeper.Sha256));
        }
        catch (UnusablePictureException error)
        {
            look = new PairLook { Statements = [new PairStatement(-1, "unreadable", error.Message)] };
        }

        return new PairMessage(Of(member), Of(keeper), look.Match?.Similarity, look.Match is { } match ? MapOf(match) : null,
            look.Region is { } region ? [region.Left, region.Top, region.Width, region.Height] : null, look.Statements);
    }

    private static PictureSize Of(StoredPicture picture) => new(picture.Id, picture.Width, picture.Height, picture.Format, picture.Bytes);

    // From working pixels to shares of the sides, whatever size each is shown at. Pixel centres are at whole numbers there.
    private static double[] MapOf(PairMatch match)
    {
        var (width, height) = match.MemberSize;
        var map = Homography.ScaleShift(width, height, -0.5, -0.5);
        if (match.Mirrored)
            map = map.Then(Homography.Mirror(width));
        map = map.Then(match.Map).Then(Homography.ScaleShift(
            1.0 / match.KeeperSize.Width, 1.0 / match.KeeperSize.Height, 0.5 / match.KeeperSize.Width, 0.5 / match.KeeperSize.Height));
        var numbers = new double[9];
        map.CopyTo(numbers);
        return numbers;
    }
}
