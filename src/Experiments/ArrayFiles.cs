using AdvFit.Learning.Formats;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Takes arrays out of .npz files of this program's own.</summary>
internal static class ArrayFiles
{
    /// <summary>The values of an array that the file has to hold.</summary>
    /// <exception cref="InvalidDataException">It holds none of that name and type.</exception>
    public static T[] Values<T>(this IReadOnlyDictionary<string, NpyArray> arrays, string name, Artifact file)
        where T : unmanaged => arrays.GetValueOrDefault(name) is NpyArray<T> array
            ? array.Values
            : throw new InvalidDataException($"{file.Path} has no array '{name}' of {typeof(T).Name}.");

    /// <summary>Values as an array of one dimension.</summary>
    public static NpyArray<T> Vector<T>(T[] values)
        where T : unmanaged => new([values.Length], values);
}
