// This program itself isn't packaged.
System.Console.Write("");
