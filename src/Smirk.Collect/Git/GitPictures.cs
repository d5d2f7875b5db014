using System.Globalization;
using System.Text;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Git;

/// <summary>A file in a repository.</summary>
/// <param name="Path">Its path there, with '/'.</param>
/// <param name="Object">git's id of its content.</param>
/// <param name="Size">Bytes.</param>
public sealed record GitFile(string Path, string Object, long Size);

/// <summary>Reads files out of a repository without ever checking it out: contents come from git's object store, so no filter, link or path
/// of the repository's gets to act.</summary>
public sealed class GitPictures
{
    private const string Head = "refs/smirk/head";
    private readonly GitAddress _address;
    private readonly string _remote;
    private readonly string _store;
    private readonly GitProcess _git;

    /// <summary>Prepares a store for the repository.</summary>
    /// <param name="address">Where the repository is.</param>
    /// <param name="remote">Where to really ask (--map); the address itself otherwise.</param>
    /// <param name="store">The folder of the store, made where it isn't there.</param>
    public GitPictures(GitAddress address, string remote, string store)
    {
        (_address, _remote, _store) = (address, remote, store);
        Directory.CreateDirectory(store);
        _git = new GitProcess(store, Uri.TryCreate(remote, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ssh"
            or "git" ? uri!.Scheme : "file");
    }

    /// <summary>Fetches <paramref name="rev"/> (a branch, tag or commit; null for HEAD), or all branches and tags with all their history.
    /// Returns the commit.</summary>
    /// <exception cref="UnusableInputException">There is no such repository or revision.</exception>
    public string Fetch(string? rev, bool history, CancellationToken cancel)
    {
        _git.Run(cancel, "init", "--bare", "--quiet", "--template=");
        if (history || _address.IsBundle)
        {
            FetchAll(cancel);
            return Resolve(rev, cancel);
        }

        try
        {
            FetchOne(rev ?? "HEAD", cancel, "--depth=1");
            return Commit(Head, cancel)!;
        }
        catch (UnusableInputException) when (rev is not null)
        {
            FetchAll(cancel); // Servers needn't hand out a commit by its id alone.
            return Resolve(rev, cancel);
        }
        catch (UnusableInputException error) when (error.Message.Contains("shallow"))
        {
            FetchOne("HEAD", cancel); // A plain file server can't cut history off.
            return Commit(Head, cancel)!;
        }
    }

    /// <summary>The files at the fetched commit; submodules and links are left out.</summary>
    public IEnumerable<GitFile> FilesAt(string commit, CancellationToken cancel)
    {
        foreach (var entry in Encoding.UTF8.GetString(_git.Run(cancel, "ls-tree", "-r", "-z", "-l", "--full-tree", commit))
            .Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // "100644 blob <id> <size>\t<path>"; links are 120000, submodules 160000.
            var tab = entry.IndexOf('\t');
            var fields = entry[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields[0].StartsWith("100") && fields[1] == "blob" && long.TryParse(fields[3], CultureInfo.InvariantCulture, out var size))
                yield return new GitFile(entry[(tab + 1)..], fields[2], size);
        }
    }

    /// <summary>Every content that any branch or tag ever had, once each, under the path it had last.</summary>
    public IEnumerable<GitFile> FilesEver(CancellationToken cancel)
    {
        var listing = Encoding.UTF8.GetString(_git.Run(cancel, "rev-list", "--objects", "--all"));
        using var check = new GitObjects(_git.StartBatch("cat-file", "--batch-check"));
        var seen = new HashSet<string>();
        foreach (var line in listing.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            cancel.ThrowIfCancellationRequested();
            var space = line.IndexOf(' ');
            if (space < 0 || space == line.Length - 1 || !seen.Add(line[..space]))
                continue;
            if (check.Head(line[..space]) is ("blob", var size))
                yield return new GitFile(line[(space + 1)..], line[..space], size);
        }
    }

    /// <summary>Opens the store to read contents.</summary>
    internal GitObjects OpenObjects() => new(_git.StartBatch("cat-file", "--batch"));

    private string Remote => _address.Host is null && !_address.IsBundle ? $"file://{_remote}" : _remote;

    private void FetchOne(string what, CancellationToken cancel, params string[] more) =>
        _git.Run(cancel, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", .. more, Remote,
            $"+{what}:{Head}"]);

    private void FetchAll(CancellationToken cancel)
    {
        // An earlier run may have taken the last commit alone.
        string[] whole = File.Exists(Path.Combine(_store, "shallow")) ? ["--unshallow"] : [];
        _git.Run(cancel, ["fetch", "--quiet", "--no-write-fetch-head", "--no-recurse-submodules", .. whole, Remote,
            "+refs/heads/*:refs/smirk/heads/*", "+refs/tags/*:refs/smirk/tags/*"]);
        try
        {
            FetchOne("HEAD", cancel);
        }
        catch (UnusableInputException)
        {
            _git.Run(cancel, "update-ref", "-d", Head); // A bundle needn't have one.
        }
    }

    private string Resolve(string? rev, CancellationToken cancel)
    {
        string[] candidates = rev is null ? [Head, "refs/smirk/heads/main", "refs/smirk/heads/master"]
            : [$"refs/smirk/heads/{rev}", $"refs/smirk/tags/{rev}", rev];
        foreach (var candidate in candidates)
        {
            if (Commit(candidate, cancel) is { } commit)
                return commit;
        }

        var first = Encoding.UTF8.GetString(_git.Run(cancel, "for-each-ref", "--count=1", "--sort=-committerdate", "--format=%(objectname)",
            "refs/smirk/heads")).Trim();
        return rev is null && first.Length > 0 ? first
            : throw new UnusableInputException($"{_address.Text} has no {(rev is null ? "branch" : $"branch, tag or commit '{rev}'")}.");
    }

    private string? Commit(string name, CancellationToken cancel)
    {
        try
        {
            return Encoding.UTF8.GetString(_git.Run(cancel, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{name}^{{commit}}"))
                .Trim();
        }
        catch (UnusableInputException)
        {
            return null;
        }
    }
}
