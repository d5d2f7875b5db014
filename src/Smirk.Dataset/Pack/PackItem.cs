using System.Text.Json.Serialization;
using Smirk.Dataset.Crop.Recipes;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Pack;

/// <summary>One row to be: which part of which picture.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="X">Left edge of the part, pixels of the upright picture.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Line">Its line in pack.jsonl.</param>
/// <param name="Recipe">How the part is cut where it isn't simply a rectangle; null otherwise.</param>
internal sealed record PackItem(StoredPicture Picture, int X, int Y, int Width, int Height, PackLine Line, CropRecipe? Recipe);

/// <summary>One line of pack.jsonl: where a row of the pack comes from.</summary>
/// <param name="Row">Row in pack.safetensors, from 0.</param>
/// <param name="Picture">SHA-256 of the stripped picture.</param>
/// <param name="File">The file that the person knows it by, or archive!member: relative to the workspace where it lies in it.</param>
/// <param name="Source">The source that the file came with, likewise.</param>
/// <param name="Group">The same for pictures that show the same thing; a held-out split never divides a group.</param>
/// <param name="Small">Whether the part was smaller than the pack's size and had to be enlarged.</param>
/// <param name="Crop">x, y, width, height of the crop; absent when the whole picture was taken.</param>
/// <param name="Label">What the crop shows; absent when nothing was said.</param>
/// <param name="Turned">By how many degrees the crop was turned, anticlockwise around its middle; absent when it wasn't.</param>
public sealed record PackLine(
    [property: JsonPropertyName("row")] int Row,
    [property: JsonPropertyName("picture")] string Picture,
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("small")] bool Small,
    [property: JsonPropertyName("crop")] int[]? Crop = null,
    [property: JsonPropertyName("label")] string? Label = null,
    [property: JsonPropertyName("turned")] double? Turned = null);

/// <summary>Reading and writing of pack.jsonl, without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PackLine))]
public sealed partial class PackJson : JsonSerializerContext;
