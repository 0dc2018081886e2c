using AdvFit.Learning.Formats;

namespace AdvFit.Cli.Models;

/// <summary>Reads files that the user names.</summary>
internal static class InputFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parse">Parses its bytes, given its name for messages.</param>
    /// <exception cref="InputException">There is no such file, or it is not what it should be.</exception>
    public static T Read<T>(string path, Func<byte[], string, T> parse)
    {
        try
        {
            return parse(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"There is no file {path}.");
        }
        catch (InvalidDataException error)
        {
            throw new InputException(error.Message);
        }
    }

    /// <summary>Reads an array in .npy.</summary>
    /// <exception cref="InputException">There is no such file, or it is no .npy file.</exception>
    public static NpyArray ReadArray(string path) => Read(path, (bytes, name) => Npy.Read(bytes, name));

    /// <summary>NumPy's name of an array's element type and its shape, such as <c>float32 [10, 3, 32, 32]</c>.</summary>
    public static string Describe(NpyArray array)
    {
        var type = array switch
        {
            NpyArray<float> => "float32",
            NpyArray<double> => "float64",
            NpyArray<byte> => "uint8",
            NpyArray<bool> => "bool",
            NpyArray<int> => "int32",
            _ => "int64",
        };
        return $"{type} [{string.Join(", ", array.Shape)}]";
    }
}
