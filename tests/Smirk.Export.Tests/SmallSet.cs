using Smirk.Dataset.Import;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Export.Tests;

/// <summary>A workspace with a few drawn pictures of several sizes and formats, in folders named by their classes.</summary>
internal sealed class SmallSet : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallSet(int pictures = 6, bool captions = false)
    {
        for (var i = 0; i < pictures; i++)
        {
            Add(i);
            if (captions)
                File.WriteAllText(_folder.File($"in/{Class(i)}/Pic {i}.txt"), $"a picture, number {i}");
        }

        Import();
    }

    /// <summary>The workspace's folder.</summary>
    public string Folder => _folder.File("ws");

    public string Source => _folder.File("in");

    public string File2(string name) => _folder.File(name);

    public static string Class(int i) => i % 2 == 0 ? "even" : "odd";

    public string PathOf(int i) => _folder.File($"in/{Class(i)}/Pic {i}.{(i % 3 == 0 ? "jpg" : "png")}");

    public void Add(int i)
    {
        var picture = Draw(i, 64 + (16 * (i % 3)), 64 + (8 * (i % 4)));
        File.WriteAllBytes(PathOf(i), i % 3 == 0 ? PictureWriter.Jpeg(picture, 95) : PictureWriter.Png(picture));
    }

    public ImportResult Import(string? source = null)
    {
        using var workspace = SmirkWorkspace.Open(Folder);
        return new ImportStage(workspace).Run(new ImportOptions { Sources = [source ?? Source], SmallestSide = 8 });
    }

    public void Box(int picture, int x, int y, int width, int height)
    {
        using var workspace = SmirkWorkspace.Open(Folder);
        var stored = workspace.Catalog.Pictures.All()[picture];
        workspace.Catalog.Crops.Add(new CropRow(0, stored.Id, x, y, width, height, 1, "face", "smirk") { Margin = 0.5 });
    }

    public void Drop(int picture)
    {
        using var workspace = SmirkWorkspace.Open(Folder);
        workspace.Catalog.Decisions.Put(new Decision
        {
            Subject = DecisionSubject.Picture,
            SubjectId = workspace.Catalog.Pictures.All()[picture].Id,
            Stage = "person",
            Verdict = Verdict.Drop,
            Kind = "asked",
            By = Decision.Person,
        });
    }

    public ExportResult Export(ExportOptions options)
    {
        using var workspace = SmirkWorkspace.OpenToRead(Folder);
        return new ExportStage(workspace).Run(options);
    }

    /// <summary>The pixels of every kept picture, as text that can be compared, sorted.</summary>
    public IReadOnlyList<string> Pixels() => PixelsOf(Folder);

    public static IReadOnlyList<string> PixelsOf(string folder)
    {
        using var workspace = SmirkWorkspace.OpenToRead(folder);
        return [.. workspace.Catalog.Pictures.Kept().Select(p => Fingerprint(Imaging.Reading.PictureReader.Decode(
            workspace.Pictures.Read(p.Sha256)))).Order()];
    }

    public static string Fingerprint(Picture picture) =>
        $"{picture.Width}x{picture.Height} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(picture.Pixels))}";

    public static Picture Draw(int number, int width, int height)
    {
        var picture = new Picture(width, height, new byte[width * height * 3]);
        for (var y = 0; y < height; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < width; x++)
            {
                row[x * 3] = (byte)(x * (number + 3));
                row[(x * 3) + 1] = (byte)(y * 255 / height);
                row[(x * 3) + 2] = (byte)(x + y + (number * 37));
            }
        }

        return picture;
    }

    public void Dispose() => _folder.Dispose();
}
