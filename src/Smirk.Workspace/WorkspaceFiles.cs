namespace Smirk.Workspace;

/// <summary>Names of what lies in a workspace folder.</summary>
public static class WorkspaceFiles
{
    /// <summary>The catalog's file name.</summary>
    public const string Catalog = "smirk.db";

    /// <summary>The file that the process which changes the workspace holds locked.</summary>
    public const string Lock = ".lock";

    /// <summary>The folder of stripped pictures.</summary>
    public const string Pictures = "pictures";

    /// <summary>The folder of training sets.</summary>
    public const string Packs = "packs";

    /// <summary>The folder of training runs.</summary>
    public const string Runs = "runs";

    /// <summary>The folder of pictures that Smirk drew itself.</summary>
    public const string Drawn = "drawn";

    /// <summary>The page of crops and what belongs to it.</summary>
    public const string Crops = "crops";

    /// <summary>The file of the keys that a person chose in the studio.</summary>
    public const string StudioKeys = "studio-keys.json";
}
