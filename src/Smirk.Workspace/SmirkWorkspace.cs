using System.Globalization;
using Smirk.Workspace.Blobs;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Runs;

namespace Smirk.Workspace;

/// <summary>A workspace folder: catalog, pictures, packs and runs. See docs/pipeline.md for its layout.</summary>
public sealed class SmirkWorkspace : IDisposable
{
    private static readonly string[] Ours =
        [WorkspaceFiles.Catalog, WorkspaceFiles.Lock, WorkspaceFiles.Pictures, WorkspaceFiles.Packs, WorkspaceFiles.Runs];

    private FileLock? _lock;

    private SmirkWorkspace(string folder, FileLock? held, bool isReadOnly, TimeProvider time)
    {
        _lock = held;
        Folder = folder;
        Time = time;
        Catalog = new CatalogDatabase(Path.Combine(folder, WorkspaceFiles.Catalog), folder, isReadOnly, time);
        Pictures = new BlobStore(Path.Combine(folder, WorkspaceFiles.Pictures));
        Runs = new RunFolders(Path.Combine(folder, WorkspaceFiles.Runs));
    }

    /// <summary>The workspace's absolute path.</summary>
    public string Folder { get; }

    /// <summary>What is known: sources, files, pictures, decisions, crops, runs.</summary>
    public CatalogDatabase Catalog { get; }

    /// <summary>Stripped pictures by the SHA-256 of their bytes.</summary>
    public BlobStore Pictures { get; }

    /// <summary>Training runs.</summary>
    public RunFolders Runs { get; }

    /// <summary>The clock that times in the workspace are taken from.</summary>
    public TimeProvider Time { get; }

    /// <summary>Opens the workspace in <paramref name="folder"/> to change it, making it where it isn't there, and keeps other processes
    /// from changing it
    /// until <see cref="Release"/> or disposal.</summary>
    /// <exception cref="UnusableInputException">It is in use by another process, was made by a newer Smirk, is damaged, or the folder holds
    /// something else.</exception>
    public static SmirkWorkspace Open(string folder, TimeProvider? time = null)
    {
        folder = Path.GetFullPath(folder);
        RefuseOther(folder);
        Directory.CreateDirectory(folder);
        var held =
            FileLock.Take(Path.Combine(folder, WorkspaceFiles.Lock), folder, "Wait until it ends, or give another workspace with -w.");
        try
        {
            var workspace = new SmirkWorkspace(folder, held, isReadOnly: false, time ?? TimeProvider.System);
            workspace.Pictures.Clean();
            return workspace;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Lets other processes change the workspace, such as while a run trains. From then on only the run's own row may be written
    /// here:
    /// the run's lock keeps others from it, and SQLite keeps its transaction whole.</summary>
    public void Release()
    {
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>Opens a workspace only to look into it, even while another process changes it.</summary>
    /// <exception cref="UnusableInputException">There is no workspace in <paramref name="folder"/>, or a newer Smirk made it.</exception>
    public static SmirkWorkspace OpenToRead(string folder, TimeProvider? time = null)
    {
        folder = Existing(folder);
        return new SmirkWorkspace(folder, held: null, isReadOnly: true, time ?? TimeProvider.System);
    }

    /// <summary>Opens a workspace to look into it and to add what a person decides, even while another process works in it. Nothing but
    /// decisions, the crops that follow from them, and the end of a deleted run may be written: stages don't touch those of a person, and
    /// SQLite keeps each transaction whole.</summary>
    /// <exception cref="UnusableInputException">There is no workspace in <paramref name="folder"/>, or a newer Smirk made it.</exception>
    public static SmirkWorkspace OpenToDecide(string folder, TimeProvider? time = null) =>
        new(Existing(folder), held: null, isReadOnly: false, time ?? TimeProvider.System);

    /// <summary>The folder of the training set of <paramref name="size"/> pixels: WS/packs/64.</summary>
    public string PackFolder(int size) => Path.Combine(Folder, WorkspaceFiles.Packs, size.ToString(CultureInfo.InvariantCulture));

    /// <summary><paramref name="path"/> relative to the workspace where it lies in it; otherwise as it is.</summary>
    public string Relative(string path) => WorkspacePaths.Relative(Folder, path);

    /// <inheritdoc/>
    public void Dispose()
    {
        Catalog.Dispose();
        _lock?.Dispose();
    }

    private static string Existing(string folder)
    {
        folder = Path.GetFullPath(folder);
        return File.Exists(Path.Combine(folder, WorkspaceFiles.Catalog)) ? folder
            : throw new UnusableInputException($"There is no workspace in {folder}. Make one with: smirk import SOURCE -w {folder}");
    }

    // Somebody's picture folder given as the workspace by mistake must stay as it is.
    private static void RefuseOther(string folder)
    {
        if (File.Exists(folder))
            throw new UnusableInputException($"{folder} is a file; a workspace is a folder. Give another one with -w.");
        if (!Directory.Exists(folder) || File.Exists(Path.Combine(folder, WorkspaceFiles.Catalog)))
            return;
        if (Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).FirstOrDefault(name => !Ours.Contains(name)) is { } other)
            throw new UnusableInputException(
                $"{folder} is no workspace and isn't empty (it holds {other}). Give a new or empty folder with -w.");
    }
}
