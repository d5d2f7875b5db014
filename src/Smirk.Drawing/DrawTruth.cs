using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Workspace.Errors;

namespace Smirk.Drawing;

/// <summary>What each file of a drawn pile is; FOLDER.truth.json, beside the folder, so that all in the folder is pile.</summary>
/// <param name="Seed">The seed it was drawn from.</param>
/// <param name="Originals">Different faces.</param>
/// <param name="Size">The usual side in pixels.</param>
/// <param name="Variants">Sets of variants.</param>
/// <param name="Complete">False while drawing goes on, or when it was interrupted.</param>
/// <param name="Files">Path in the folder → what the file is.</param>
public sealed record DrawTruth(ulong Seed, int Originals, int Size, int Variants, bool Complete, IReadOnlyDictionary<string, DrawTruthFile> Files)
{
    /// <summary>What it shows; faces in the truth of earlier versions.</summary>
    public DrawStyle Style { get; init; }

    /// <summary>Where the truth of the pile in <paramref name="folder"/> stands.</summary>
    public static string PathFor(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + ".truth.json";

    /// <summary>The truth of the pile in <paramref name="folder"/>; null when there is none.</summary>
    /// <exception cref="UnusableInputException">The file is damaged.</exception>
    public static DrawTruth? Read(string folder)
    {
        var path = PathFor(folder);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), DrawJson.Default.DrawTruth);
        }
        catch (JsonException error)
        {
            throw new UnusableInputException($"{path} isn't the truth of a drawn pile ({error.Message}). Delete it, or draw into another folder.", error);
        }
    }

    /// <summary>As a JSON document.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, DrawJson.Default.DrawTruth);
}

/// <summary>What one file of a drawn pile is.</summary>
/// <param name="Source">Which face it shows; null for none.</param>
/// <param name="Edit">original, exact, metadata, recompress or junk.</param>
/// <param name="Why">For junk: what is wrong with it.</param>
public sealed record DrawTruthFile(string? Source, string Edit, string? Why = null);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DrawTruth))]
internal sealed partial class DrawJson : JsonSerializerContext;
