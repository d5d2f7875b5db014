using Smirk.Workspace.Packs;

namespace Smirk.Studio.Explore;

/// <summary>A run that has snapshots.</summary>
/// <param name="Name">"0001".</param>
/// <param name="Snapshots">Its snapshots, oldest first.</param>
/// <param name="Best">File name of the best.</param>
internal sealed record ExploredRun(string Name, IReadOnlyList<SnapshotMessage> Snapshots, string Best);

/// <summary>A snapshot.</summary>
/// <param name="Name">Its file's name.</param>
/// <param name="Kimg">How long it had trained, in thousands of pictures.</param>
internal sealed record SnapshotMessage(string Name, double Kimg);

/// <summary>What the page knows of the generator that is open.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Snapshot">The snapshot's file name.</param>
/// <param name="Kimg">How long it had trained.</param>
/// <param name="Size">Edge of its squares in pixels.</param>
/// <param name="Width">Pixels across of its pictures, in the shape that they are shown in.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Levels">Levels with a style of their own.</param>
/// <param name="Classes">Names of its classes; empty for none.</param>
/// <param name="Roll">How its piano rolls are ruled and played; null for other pictures.</param>
internal sealed record GeneratorFacts(
    string Run, string Snapshot, double Kimg, int Size, int Width, int Height, int Levels, IReadOnlyList<string> Classes,
    PackRoll? Roll);

/// <summary>Which generator a request is for, and whose it is.</summary>
internal record GeneratorRequest
{
    /// <summary>The run; null for the newest.</summary>
    public string? Run { get; init; }

    /// <summary>The snapshot's file name; null for the best.</summary>
    public string? Snapshot { get; init; }

    /// <summary>The page's own name: its newest request replaces its older ones.</summary>
    public string? Page { get; init; }
}

/// <summary>Asks for many small pictures.</summary>
/// <param name="Kind">"new", "like" the <paramref name="Code"/>, or "these" <paramref name="Codes"/>.</param>
/// <param name="Seed">Which; new ones are those of <c>smirk sample --seed</c>.</param>
/// <param name="From">The first one's number, from 0.</param>
/// <param name="Count">How many.</param>
/// <param name="Code">What they shall be like.</param>
/// <param name="Codes">These.</param>
/// <param name="Part">What may change in those that are like another.</param>
/// <param name="Strength">How much, 0…1.</param>
/// <param name="Truncation">Pulls new ones towards the middle.</param>
/// <param name="Class">Number of the class of new ones; null for all in turn.</param>
/// <param name="Realness">Whether D is asked about each.</param>
internal sealed record TilesRequest(
    string Kind, long Seed = 0, int From = 0, int Count = 24, string? Code = null,
    IReadOnlyList<string>? Codes = null, string? Part = null, double Strength = 0.4, double Truncation = 1, int? Class = null,
    bool Realness = false) : GeneratorRequest;

/// <summary>Asks for one picture, large.</summary>
/// <param name="Code">Its latent.</param>
/// <param name="Realness">Whether D is asked about it.</param>
internal sealed record PictureRequest(string Code, bool Realness = false) : GeneratorRequest;

/// <summary>Asks for a picture made of others.</summary>
/// <param name="Codes">The others.</param>
/// <param name="Rows">For the latent, then each level, which of <paramref name="Codes"/> it comes from; null for a way.</param>
/// <param name="Way">0…1, from the first to the second; null for rows.</param>
internal sealed record MixRequest(IReadOnlyList<string> Codes, IReadOnlyList<int>? Rows = null, double? Way = null) : GeneratorRequest;

/// <summary>Asks for a picture moved along a main direction.</summary>
/// <param name="Code">The picture.</param>
/// <param name="Direction">Number of the direction, from 0.</param>
/// <param name="To">Where it shall lie, in standard deviations; null to ask only where it lies.</param>
internal sealed record MoveRequest(string Code, int Direction = 0, double? To = null) : GeneratorRequest;

/// <summary>A picture.</summary>
/// <param name="Code">Its latent.</param>
/// <param name="Picture">A data: address.</param>
/// <param name="Score">D's logit: the higher, the more real it looks to D; null where it wasn't asked.</param>
/// <param name="Roll">Of a large piano roll its square, interleaved RGB as base64; null otherwise.</param>
internal sealed record PictureMessage(string Code, string Picture, double? Score, string? Roll = null);

/// <summary>Where a picture lies along each of the main directions, in standard deviations.</summary>
internal sealed record PlacesMessage(IReadOnlyList<double> Places);

/// <summary>The training pictures nearest to one: "is it copied?"</summary>
/// <param name="ByPixels">Nearest by 16×16 pixels.</param>
/// <param name="ByFeatures">Nearest by the pack's trained features.</param>
/// <param name="NearerThanHeldOut">Share of held-out pictures that are less near to their own nearest; null where none were held
/// out.</param>
/// <param name="HeldOut">How many were held out.</param>
internal sealed record NearestMessage(
    IReadOnlyList<NeighbourMessage> ByPixels, IReadOnlyList<NeighbourMessage> ByFeatures, double? NearerThanHeldOut, int HeldOut);

/// <summary>A training picture.</summary>
/// <param name="Id">Its row in the catalog; null where the workspace doesn't have it any more.</param>
/// <param name="Name">Its file's name, or its row in the pack.</param>
/// <param name="Mirrored">Whether it is nearer when mirrored.</param>
/// <param name="Distance">The smaller, the nearer.</param>
internal sealed record NeighbourMessage(long? Id, string Name, bool Mirrored, double Distance);

/// <summary>Asks for a file of some pictures.</summary>
/// <param name="Codes">Their latents.</param>
/// <param name="Format">For walks "gif" or "webp".</param>
/// <param name="Seconds">For walks: from one picture to the next.</param>
internal sealed record FileRequest(IReadOnlyList<string> Codes, string? Format = null, double Seconds = 1.6) : GeneratorRequest;

/// <summary>How the making of the shared page stands.</summary>
/// <param name="State">"none", "working", "done" or "failed".</param>
/// <param name="Words">What <c>smirk share</c> said last.</param>
internal sealed record ShareMessage(string State, string Words);
