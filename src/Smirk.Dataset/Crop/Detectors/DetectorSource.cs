using System.Security.Cryptography;
using Smirk.Imaging.Faces;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Dataset.Crop.Detectors;

/// <summary>Where the face cascade comes from: a file of the person's, Debian's opencv-data for photographs, or the animeface cascade from
/// its public home, fetched once.</summary>
/// <remarks>The animeface cascade is no part of Smirk: it belongs to nagadomi (MIT), and is kept in the user's cache folder.</remarks>
public sealed record DetectorSource
{
    /// <summary>The animeface cascade's public home.</summary>
    public Uri Address { get; init; } =
        new("https://raw.githubusercontent.com/nagadomi/lbpcascade_animeface/master/lbpcascade_animeface.xml");

    /// <summary>SHA-256 that the fetched bytes must have; other bytes are thrown away.</summary>
    public string Sha256 { get; init; } = "9376d30ac38db6bda2a68b88b3b76bbd7e6aa33af47f7f5c76bc88ca75f1ce30";

    /// <summary>Folder that fetched cascades are kept in.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder();

    /// <summary>Folders in which photo cascades are looked for.</summary>
    public IReadOnlyList<string> PhotoFolders { get; init; } =
        ["/usr/share/opencv4/haarcascades", "/usr/share/opencv/haarcascades", "/usr/local/share/opencv4/haarcascades"];

    /// <summary>How long fetching may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    private const string AnimeFile = "lbpcascade_animeface.xml";
    private const string PhotoFile = "haarcascade_frontalface_alt2.xml";

    // The animeface cascade has 250 kB; OpenCV's largest, 3 MB.
    private const long MaxBytes = 16_000_000;

    /// <summary>The cascade's bytes: <paramref name="file"/> where given, otherwise the one for <paramref name="kind"/>.</summary>
    /// <exception cref="UnusableInputException"><paramref name="file"/> can't be read.</exception>
    /// <exception cref="MissingDependencyException">There is no cascade and it can't be fetched; the message has both ways out.</exception>
    public byte[] Load(FaceKind kind, string? file, CancellationToken cancel = default)
    {
        if (file is not null)
            return FromFile(file);
        return kind == FaceKind.Photo ? Photo() : Anime(cancel);
    }

    private static string DefaultCacheFolder()
    {
        var root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(root) || !Path.IsPathRooted(root))
            root = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(root, "smirk");
    }

    private static byte[] FromFile(string file)
    {
        try
        {
            var length = new FileInfo(file).Length;
            if (length > MaxBytes)
                throw new UnusableInputException($"{file} has {length} bytes, too many for a face cascade (at most {MaxBytes}). Give an "
                    + "OpenCV cascade with --detector.");
            return File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableInputException(
                $"The detector {file} can't be read ({error.Message}). Give an OpenCV cascade with --detector FILE.xml.", error);
        }
    }

    private byte[] Photo() =>
        PhotoFolders.Select(f => Path.Combine(f, PhotoFile)).FirstOrDefault(File.Exists) is { } path
            ? File.ReadAllBytes(path)
            : throw new MissingDependencyException(
                $"No {PhotoFile} in {string.Join(" or ", PhotoFolders)}. Install it (apt install opencv-data), or give a cascade with "
                    + "--detector FILE.xml; --crop centre needs none.");

    private byte[] Anime(CancellationToken cancel)
    {
        var path = Path.Combine(CacheFolder, AnimeFile);
        if (File.Exists(path) && File.ReadAllBytes(path) is var kept && IsRight(kept))
            return kept;
        byte[] fetched;
        try
        {
            fetched = Fetch(cancel);
        }
        catch (Exception error)
            when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw NoDetector(error is OperationCanceledException ? $"no answer within {Timeout.TotalSeconds:0} s"
                : error.Message.TrimEnd('.'), error);
        }

        if (!IsRight(fetched))
            throw NoDetector($"what came has SHA-256 {Convert.ToHexStringLower(SHA256.HashData(fetched))}, expected {Sha256}");
        try
        {
            Directory.CreateDirectory(CacheFolder);
            AtomicFile.Write(path, fetched);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A cache that can't be written costs another fetch next time, nothing else.
        }

        return fetched;
    }

    private byte[] Fetch(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Timeout);
        using var client = new HttpClient { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        response.EnsureSuccessStatusCode();
        using var stream = response.Content.ReadAsStream(limit.Token);
        // A server that sends a byte now and then must not hold us longer than the limit.
        using var abort = limit.Token.Register(stream.Dispose);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaxBytes)
                    throw new IOException($"more than {MaxBytes} bytes came");
            }
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            limit.Token.ThrowIfCancellationRequested();
            throw;
        }

        return bytes.ToArray();
    }

    private bool IsRight(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes)) == Sha256;

    private MissingDependencyException NoDetector(string reason, Exception? inner = null) =>
        new($"The face detector can't be fetched from {Address} ({reason}). Fetch that file by hand, on any machine, and give it with "
            + $"--detector {AnimeFile} or put it into {CacheFolder}; or cut pictures in the middle instead: smirk make --crop centre.",
            inner);
}
