using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Dataset.Crop.Finding;
using Smirk.Imaging.Faces;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Crop.Stage;

/// <summary>Keeps what was found in the catalog: the faces by detector, so that another margin needs no new search, and the measured crops
/// by all options, so that running again does only what is new.</summary>
internal sealed class CropMemory
{
    // Raised whenever the same picture would give other faces or measures.
    private const int FacesVersion = 1;
    private const int CropsVersion = 2;

    private readonly CatalogDatabase _catalog;
    private readonly string _facesKind;
    private readonly string _cropsKind;
    private readonly IReadOnlyDictionary<long, byte[]> _faces;
    private readonly IReadOnlyDictionary<long, byte[]> _crops;

    public CropMemory(CatalogDatabase catalog, CropOptions options, byte[] detector)
    {
        _catalog = catalog;
        var name = Convert.ToHexStringLower(SHA256.HashData(detector))[..12];
        _facesKind = $"faces-{FacesVersion} {name} {options.Kind} {options.MinFace}";
        var all = JsonSerializer.Serialize(options with { Detector = null, Threads = 0 }, CropMemoryJson.Default.CropOptions);
        _cropsKind = $"crops-{CropsVersion} {name} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..12]}";
        _faces = catalog.Descriptors.OfKind(_facesKind);
        _crops = catalog.Descriptors.OfKind(_cropsKind);
    }

    /// <summary>The kind of faces that most pictures were searched for; null where none were.</summary>
    public static FaceKind? KindOf(CatalogDatabase catalog) =>
        catalog.Descriptors.Kinds($"faces-{FacesVersion} ").FirstOrDefault()?.Split(' ') is [_, _, var kind, ..]
            && Enum.TryParse<FaceKind>(kind, out var known) ? known : null;

    /// <summary>What was found with these options before; null when it wasn't looked at.</summary>
    public PictureCrops? Crops(long picture) =>
        _crops.TryGetValue(picture, out var data) ? JsonSerializer.Deserialize(data, CropMemoryJson.Default.PictureCrops) : null;

    /// <summary>The faces found before with this detector; null when it wasn't looked at.</summary>
    public IReadOnlyList<Face>? Faces(long picture) =>
        _faces.TryGetValue(picture, out var data) ? JsonSerializer.Deserialize(data, CropMemoryJson.Default.FaceArray) : null;

    /// <summary>Keeps what was found.</summary>
    public void Keep(long picture, PictureCrops found)
    {
        _catalog.Descriptors.Put(
            picture, _facesKind, JsonSerializer.SerializeToUtf8Bytes([.. found.Faces], CropMemoryJson.Default.FaceArray));
        _catalog.Descriptors.Put(picture, _cropsKind, JsonSerializer.SerializeToUtf8Bytes(found, CropMemoryJson.Default.PictureCrops));
    }
}

/// <summary>What is kept, without reflection.</summary>
[JsonSerializable(typeof(CropOptions))]
[JsonSerializable(typeof(PictureCrops))]
[JsonSerializable(typeof(Face[]))]
internal sealed partial class CropMemoryJson : JsonSerializerContext;
