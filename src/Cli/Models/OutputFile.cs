namespace AdvFit.Cli.Models;

/// <summary>An output file whose path is checked before the work, and that is written whole or not at all.</summary>
internal sealed class OutputFile
{
    private readonly string _path;

    /// <exception cref="InputException">Its folder does not exist, or it is a folder itself.</exception>
    public OutputFile(string path)
    {
        _path = Path.GetFullPath(path);
        if (Directory.Exists(_path))
        {
            throw new InputException($"{path} is a folder; give --output the name of a file.");
        }

        var folder = Path.GetDirectoryName(_path)!;
        if (!Directory.Exists(folder))
        {
            throw new InputException($"There is no folder {folder} to write {Path.GetFileName(_path)} into; create it first.");
        }
    }

    /// <summary>Writes the file, to a temporary name first.</summary>
    /// <exception cref="IOException">The disk is full or read-only.</exception>
    public void Write(byte[] contents) => Write(file => file.Write(contents));

    /// <summary>Writes the file, to a temporary name first.</summary>
    /// <exception cref="IOException">The disk is full or read-only.</exception>
    public void Write(Action<Stream> write)
    {
        var partial = $"{_path}.{Environment.ProcessId}.partial";
        try
        {
            using (var file = File.Create(partial))
            {
                write(file);
            }

            File.Move(partial, _path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
