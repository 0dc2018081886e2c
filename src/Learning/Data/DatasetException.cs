namespace AdvFit.Learning.Data;

/// <summary>
/// A data set cannot be had: it is missing, or a file of it is truncated, corrupt or not what its name says. The message
/// is for a person: the file, the byte where one is to blame, and the mend.
/// </summary>
public sealed class DatasetException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Names a byte of a file, counted from 0 in its contents, decompressed where the file is compressed.</summary>
    internal static DatasetException At(string file, long offset, string problem, string mend, Exception? cause = null) =>
        new($"{file}, byte {offset}: {problem}; {mend}.", cause);
}
