#:property PublishAot=false
// Makes fashion-mnist-mini from the four IDX .gz files of Fashion-MNIST:
//
//   dotnet run make.cs FOLDER
//
// Of each class it takes the first 1,000 train and the first 200 test images, in the published order, and writes the
// same four files, and SHA256SUMS, into the current folder.
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

const int Classes = 10;
const int Pixels = 28 * 28;

if (args is not [var folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("usage: dotnet run make.cs FOLDER    (the folder with the four files of Fashion-MNIST)");
    return 2;
}

var sums = new StringWriter { NewLine = "\n" };
foreach (var (split, perClass) in new[] { ("t10k", 200), ("train", 1000) })
{
    var (images, labels) = ($"{split}-images-idx3-ubyte.gz", $"{split}-labels-idx1-ubyte.gz");
    var chosen = FirstOfEachClass(Decompress(labels).AsSpan(8), perClass);
    Reduce(images, headerLength: 16, itemLength: Pixels, chosen);
    Reduce(labels, headerLength: 8, itemLength: 1, chosen);
}

File.WriteAllText("SHA256SUMS", sums.ToString());
return 0;

List<int> FirstOfEachClass(ReadOnlySpan<byte> labels, int perClass)
{
    var taken = new int[Classes];
    var chosen = new List<int>();
    for (var i = 0; i < labels.Length; i++)
    {
        if (taken[labels[i]]++ < perClass)
        {
            chosen.Add(i);
        }
    }

    return chosen;
}

void Reduce(string name, int headerLength, int itemLength, List<int> chosen)
{
    var whole = Decompress(name);
    using var reduced = new MemoryStream();
    reduced.Write(whole.AsSpan(0, headerLength));
    BinaryPrimitives.WriteInt32BigEndian(reduced.GetBuffer().AsSpan(4), chosen.Count);
    foreach (var item in chosen)
    {
        reduced.Write(whole.AsSpan(headerLength + (item * itemLength), itemLength));
    }

    using var compressed = new MemoryStream();
    using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
    {
        reduced.WriteTo(gzip);
    }

    File.WriteAllBytes(name, compressed.ToArray());
    sums.WriteLine($"{Convert.ToHexStringLower(SHA256.HashData(compressed.ToArray()))}  {name}");
}

byte[] Decompress(string name)
{
    using var gzip = new GZipStream(File.OpenRead(Path.Combine(folder, name)), CompressionMode.Decompress);
    using var contents = new MemoryStream();
    gzip.CopyTo(contents);
    return contents.ToArray();
}
