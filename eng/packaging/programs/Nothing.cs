// This program itself isn't packaged.
return;
