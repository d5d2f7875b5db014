using Smirk.Gan.Sample;
using Smirk.Gan.Tests;
using Smirk.Gan.Train;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Share.Tests.Page;

/// <summary>A page of a generator that was trained for a moment, and the browser to open it in; made once for all tests.</summary>
public sealed class SharedPage : IDisposable
{
    private static readonly PictureEncoder Plain = (_, _, rgb) => rgb;

    private readonly TemporaryFolder _folder = new();

    public SharedPage()
        : this(null)
    {
    }

    /// <summary>A page of a generator for another pack; null for one with two classes.</summary>
    internal SharedPage(string? pack)
    {
        var labels = pack is null ? "folder" : null;
        pack ??= TinyPack.Write(_folder, size: 32, label: i => i % 2 == 0 ? "even" : "odd");
        var options = new TrainOptions { Pack = pack, Kimg = 0.2, Batch = 8, Labels = labels, Seed = 1 };
        Snapshot = new TrainStage(new RunFolders(_folder.File("workspace/runs/x")[..^2]), new TrainTools(Plain, TimeProvider.System))
            .Run(options, new Nobody(), CancellationToken.None).Best;
        Make("page.html", new ShareOptions { Snapshot = Snapshot, Title = "Discs & <b>more</b>", Licence = "<script>alert(1)</script>" });
    }

    /// <summary>The snapshot that the page was made from.</summary>
    public string Snapshot { get; }

    /// <summary>The page.</summary>
    public string Path => _folder.File("page.html");

    /// <summary>The folder that the page lies in.</summary>
    public string Folder => _folder.Path;

    /// <summary>Makes another page beside it.</summary>
    public string Make(string name, ShareOptions options)
    {
        ShareStage.Run(options with { PagePath = _folder.File(name), Version = "0.1.0" }, new Nobody(), CancellationToken.None);
        return _folder.File(name);
    }

    /// <summary>Writes a file beside the page.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class Nobody : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
        }
    }
}
