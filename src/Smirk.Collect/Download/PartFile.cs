using System.Security.Cryptography;
using System.Text;

namespace Smirk.Collect.Download;

/// <summary>What has come of one address so far, and what the server called that version: kept so that the rest can be asked for by Range,
/// in this run or the next.</summary>
/// <remarks>Two files named by the address's hash: NAME.part (bytes) and NAME.from (validator and length, one a line), the second written
/// first.</remarks>
internal sealed class PartFile(string folder, Uri address)
{
    private readonly string _base =
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..32]);

    /// <summary>Removes what no address of <paramref name="unfinished"/> will go on from: a run that was killed between storing a picture
    /// and tidying up leaves its bytes behind.</summary>
    public static void Clean(string folder, Func<IEnumerable<Uri>> unfinished)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFiles(folder).Any())
            return;
        var kept = unfinished().Select(a => new PartFile(folder, a)._base).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(folder).Where(f => !kept.Contains(f[..f.LastIndexOf('.')])))
            File.Delete(file);
    }

    /// <summary>The file with the bytes.</summary>
    public string FilePath => _base + ".part";

    /// <summary>Bytes there; 0 when nothing usable is.</summary>
    public long Length { get; private set; }

    /// <summary>Strong ETag or Last-Modified of what is there.</summary>
    public string Validator { get; private set; } = "";

    /// <summary>Bytes of the whole; null when the server didn't say.</summary>
    public long? Total { get; private set; }

    /// <summary>Looks at what is on disk. What can't be continued is removed.</summary>
    public void Load()
    {
        (Length, Validator, Total) = (0, "", null);
        var from = _base + ".from";
        if (!File.Exists(FilePath) || !File.Exists(from))
            return;
        var lines = File.ReadAllLines(from);
        if (lines.Length >= 2 && lines[0].Length > 0)
        {
            (Length, Validator) = (new FileInfo(FilePath).Length, lines[0]);
            Total = long.TryParse(lines[1], out var total) ? total : null;
        }

        if (Length == 0 || Length > (Total ?? long.MaxValue))
            Delete();
    }

    /// <summary>Opens the file at its end, or anew for a body of another version.</summary>
    public FileStream Open(bool anew, string validator, long? total)
    {
        Directory.CreateDirectory(folder);
        if (anew)
        {
            File.Delete(FilePath);
            File.WriteAllLines(_base + ".from", [validator, total?.ToString() ?? ""]);
            (Validator, Total) = (validator, total);
        }

        return new FileStream(FilePath, anew ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Removes both files.</summary>
    public void Delete()
    {
        if (Directory.Exists(folder))
        {
            File.Delete(FilePath);
            File.Delete(_base + ".from");
        }

        (Length, Validator, Total) = (0, "", null);
    }
}
