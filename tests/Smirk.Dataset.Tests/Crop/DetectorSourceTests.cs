using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Smirk.Dataset.Crop.Detectors;
using Smirk.Imaging.Faces;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Tests.Crop;

public sealed class DetectorSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _server = new();
    private readonly string _address;
    private byte[] _answer = "<cascade/>"u8.ToArray();
    private int _requests;

    public DetectorSourceTests()
    {
        using (var socket = new TcpListener(IPAddress.Loopback, 0))
        {
            socket.Start();
            _address = $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/";
        }

        _server.Prefixes.Add(_address);
        _server.Start();
        _ = Serve();
    }

    private DetectorSource Source => new()
    {
        Address = new Uri(_address + "face.xml"),
        CacheFolder = Path.Combine(_folder.Path, "cache"),
        Sha256 = Convert.ToHexStringLower(SHA256.HashData("<cascade/>"u8)),
        Timeout = TimeSpan.FromSeconds(5),
    };

    public void Dispose()
    {
        _server.Close();
        _folder.Dispose();
    }

    [Fact]
    public void Load_fetches_once_and_then_takes_the_kept_file()
    {
        Assert.Equal(_answer, Source.Load(FaceKind.Anime, null));
        Assert.Equal(_answer, Source.Load(FaceKind.Anime, null));
        Assert.Equal(1, _requests);
    }

    [Fact]
    public void Load_fetches_anew_what_was_damaged_in_the_cache()
    {
        _folder.Write("cache/lbpcascade_animeface.xml", "half"u8);
        Assert.Equal(_answer, Source.Load(FaceKind.Anime, null));
        Assert.Equal(_answer, File.ReadAllBytes(Path.Combine(_folder.Path, "cache", "lbpcascade_animeface.xml")));
    }

    [Fact]
    public void Load_refuses_other_bytes_and_keeps_nothing()
    {
        _answer = "<other/>"u8.ToArray();
        var error = Assert.Throws<MissingDependencyException>(() => Source.Load(FaceKind.Anime, null));
        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "cache", "lbpcascade_animeface.xml")));
    }

    [Fact]
    public void Load_without_network_says_both_ways_out()
    {
        _server.Close();
        var error = Assert.Throws<MissingDependencyException>(() => Source.Load(FaceKind.Anime, null));
        Assert.Contains("--detector", error.Message, StringComparison.Ordinal);
        Assert.Contains("--crop centre", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Load_takes_a_given_file_and_says_when_it_is_missing()
    {
        var path = _folder.Write("mine.xml", "<x/>"u8);
        Assert.Equal("<x/>"u8.ToArray(), Source.Load(FaceKind.Anime, path));
        Assert.Equal("<x/>"u8.ToArray(), Source.Load(FaceKind.Photo, path));
        Assert.Throws<UnusableInputException>(() => Source.Load(FaceKind.Anime, path + "no"));
        Assert.Equal(0, _requests);
    }

    [Fact]
    public void Load_finds_the_photo_cascade_or_says_what_to_install()
    {
        var path = _folder.Write("photo/haarcascade_frontalface_alt2.xml", "<p/>"u8);
        Assert.Equal("<p/>"u8.ToArray(), (Source with { PhotoFolders = [Path.GetDirectoryName(path)!] }).Load(FaceKind.Photo, null));
        var error =
            Assert.Throws<MissingDependencyException>(() => (Source with { PhotoFolders = [_folder.Path] }).Load(FaceKind.Photo, null));
        Assert.Contains("opencv-data", error.Message, StringComparison.Ordinal);
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await _server.GetContextAsync();
                Interlocked.Increment(ref _requests);
                context.Response.OutputStream.Write(_answer);
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
