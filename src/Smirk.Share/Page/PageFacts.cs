using System.Text.Json.Serialization;
using Smirk.Share.Credits;
using Smirk.Workspace.Packs;

namespace Smirk.Share.Page;

/// <summary>What the page knows of its generator beside the network itself.</summary>
internal sealed record PageFacts
{
    public required string Title { get; init; }

    public required string Licence { get; init; }

    public required string Run { get; init; }

    public required string Recipe { get; init; }

    public required double Kimg { get; init; }

    /// <summary>Edge of the squares that the network makes, in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Pixels across of a picture in the shape that it is shown in.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels down.</summary>
    public required int Height { get; init; }

    /// <summary>How piano rolls are ruled and played; null for other pictures.</summary>
    public required PackRoll? Roll { get; init; }

    /// <summary>Numbers in a latent.</summary>
    public required int LatentSize { get; init; }

    /// <summary>Latents are uniform in −1…1; normal otherwise.</summary>
    public required bool IsUniform { get; init; }

    /// <summary>Levels that can have a latent each; 0 for none.</summary>
    public required int Levels { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required IReadOnlyList<PageDirection> Directions { get; init; }

    /// <summary>How near samples come to training pictures; null where that wasn't measured.</summary>
    public required string? Copying { get; init; }

    public required PictureCredits? Credits { get; init; }

    public required string Version { get; init; }

    /// <summary>Tells generators apart: a latent of another one means nothing here.</summary>
    public required string Fingerprint { get; init; }
}

/// <summary>A main direction of variation.</summary>
/// <param name="Name">What its slider is called.</param>
/// <param name="Vector">Of length 1, in the latents' space.</param>
internal sealed record PageDirection(string Name, IReadOnlyList<float> Vector);

[JsonSerializable(typeof(PageFacts))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class PageFactsJson : JsonSerializerContext;
