namespace Smirk.Export;

/// <summary>How an exported set is laid out; see docs/export.md.</summary>
public enum ExportFormat
{
    /// <summary>One flat folder of PNG, captions and metadata.jsonl, which most trainers read.</summary>
    Folder,

    /// <summary>train/ and validation/ with metadata.jsonl in each, as Hugging Face's imagefolder has it.</summary>
    ImageFolder,

    /// <summary>N_trigger/ and a configuration, as kohya's sd-scripts read them.</summary>
    Kohya,

    /// <summary>Hugging Face's Parquet files with the pictures in them.</summary>
    Parquet,

    /// <summary>Tar shards.</summary>
    WebDataset,

    /// <summary>A ZIP file as NVIDIA's dataset_tool.py makes.</summary>
    StyleGan,

    /// <summary>Boxes for detectors, in one JSON file a split.</summary>
    Coco,

    /// <summary>Boxes for detectors, in one text file a picture.</summary>
    Yolo,

    /// <summary>NumPy arrays.</summary>
    Npz,

    /// <summary>MNIST's own files.</summary>
    Idx,
}

/// <summary>What of each picture is exported.</summary>
public enum ExportWhat
{
    /// <summary>Whole stripped pictures.</summary>
    Pictures,

    /// <summary>Face crops at full resolution.</summary>
    Crops,

    /// <summary>The squares of a pack.</summary>
    Pack,
}

/// <summary>How pictures become square.</summary>
public enum ExportSquare
{
    /// <summary>They don't.</summary>
    None,

    /// <summary>All of them stays; the rest of the square mirrors their edges.</summary>
    Pad,

    /// <summary>The square in their middle is taken.</summary>
    Crop,
}
